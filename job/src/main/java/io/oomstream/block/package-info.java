/** One report: cutting it out of a host's lines, and reading every section of it. */
@NullMarked
package io.oomstream.block;

import org.jspecify.annotations.NullMarked;

/** The commands analyze, demo and run. */
@NullMarked
package io.oomstream.cli;

import org.jspecify.annotations.NullMarked;

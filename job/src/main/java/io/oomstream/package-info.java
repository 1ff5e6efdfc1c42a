/** Where the process begins. */
@NullMarked
package io.oomstream;

import org.jspecify.annotations.NullMarked;

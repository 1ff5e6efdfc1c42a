/** One line of the kernel: the grammar table, and the classifier built from it. */
@NullMarked
package io.oomstream.kernel;

import org.jspecify.annotations.NullMarked;

/**
 * One line and the grammar of kernel lines. A line's bytes come in; the rule of the table that it
 * follows goes out, or none. Read {@link io.oomstream.kernel.LineRule} first.
 */
@NullMarked
package io.oomstream.kernel;

import org.jspecify.annotations.NullMarked;

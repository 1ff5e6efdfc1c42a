/**
 * The grammar of kernel lines. A line's bytes come in; the rule that matches it goes out, or null.
 * Read {@link io.oomstream.kernel.LineRule} first.
 */
@NullMarked
package io.oomstream.kernel;

import org.jspecify.annotations.NullMarked;

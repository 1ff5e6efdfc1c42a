/**
 * Numbers, lists and names as kernel lines print them. Text comes in; values go out, null where the
 * text has none. Read {@link io.oomstream.block.text.Figure} first.
 */
@NullMarked
package io.oomstream.block.text;

import org.jspecify.annotations.NullMarked;

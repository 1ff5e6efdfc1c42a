/**
 * Dates and times as log files print them. Text comes in; microseconds since the epoch go out, or
 * an absent value if the text is no time. Read {@link io.oomstream.format.time.WallTime} first.
 */
@NullMarked
package io.oomstream.format.time;

import org.jspecify.annotations.NullMarked;

/**
 * The published contract. The job hands figures in; records that are written as the JSON of the
 * schemas in {@code resources/schema} go out. Read {@link io.oomstream.event.KillEvent} first.
 */
@NullMarked
package io.oomstream.event;

import org.jspecify.annotations.NullMarked;

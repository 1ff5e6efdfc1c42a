/**
 * Many kills and failures over time: storms, crash loops, the fleet. Occurrences come in by their
 * time; episodes go out when they begin, go on and end. Read {@link
 * io.oomstream.anomaly.IncidentDetector} first.
 */
@NullMarked
package io.oomstream.anomaly;

import org.jspecify.annotations.NullMarked;

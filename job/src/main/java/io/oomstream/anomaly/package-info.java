/**
 * Kills and failures over time: storms, crash loops, the fleet. Occurrences come in, ordered by
 * time; signals of episodes go out. Read {@link io.oomstream.anomaly.IncidentDetector} first.
 */
@NullMarked
package io.oomstream.anomaly;

import org.jspecify.annotations.NullMarked;

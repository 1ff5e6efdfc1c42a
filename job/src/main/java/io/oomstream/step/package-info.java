/**
 * What one step does for one key at one moment: a block to its events, a host's kills to episodes,
 * a machine's samples to trends. Flink's functions and the plain loop both call it: what is
 * remembered and event time come in, what is to be remembered and when to call again goes out. Read
 * {@link io.oomstream.step.BlockReading} first.
 */
@NullMarked
package io.oomstream.step;

import org.jspecify.annotations.NullMarked;

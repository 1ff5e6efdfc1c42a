package io.oomstream.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The episode that a signal belongs to. It opens once, is updated at a bounded rate while it grows,
 * and closes once.
 *
 * @param id the same in every signal of the episode
 * @param openedAt event time of the event that opened it; absent without a wall clock
 * @param closedAt event time at which it closed; absent until then, or without a wall clock
 * @param openedKernelTimeUs microseconds since boot, where there is no wall clock
 * @param closedKernelTimeUs likewise
 * @param updates signals of this episode before this one, from 0
 * @param number of its events so far; absent for conditions that are measured and not counted
 * @param unlistedEvents how many of them are not in {@code relatedEvents}
 * @param hosts distinct machines, for episodes of the fleet
 */
public record Episode(
    String id,
    Phase phase,
    @Nullable Instant openedAt,
    @Nullable Instant closedAt,
    @Nullable Long openedKernelTimeUs,
    @Nullable Long closedKernelTimeUs,
    int updates,
    @Nullable Long events,
    @Nullable Long unlistedEvents,
    @Nullable Long hosts) {

  /** The phase of an episode. */
  public enum Phase {
    OPENED,
    UPDATED,
    CLOSED
  }
}

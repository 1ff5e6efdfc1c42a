package io.oomstream.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One incident over time, of which a signal tells a part: it opens once, is updated at a bounded
 * rate while it grows, and closes once.
 *
 * @param id the same in every signal of the episode
 * @param openedAt event time of the event that made it one
 * @param closedAt event time at which it was over; absent until then
 * @param updates signals of this episode before this one, from 0
 * @param events that it has grouped so far; absent for conditions that are measured, not counted
 * @param unlistedEvents of these, how many {@code relatedEvents} does not name
 * @param hosts distinct machines, for episodes of the fleet
 */
public record Episode(
    String id,
    Phase phase,
    Instant openedAt,
    @Nullable Instant closedAt,
    int updates,
    @Nullable Long events,
    @Nullable Long unlistedEvents,
    @Nullable Long hosts) {

  /** How far it is. */
  public enum Phase {
    OPENED,
    UPDATED,
    CLOSED
  }
}

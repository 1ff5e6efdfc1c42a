package io.oomstream.anomaly;

import io.oomstream.event.SignalKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The recent kills and failures of a host, to group them. Bounded, and empty when its windows have
 * passed. Kept in keyed state.
 *
 * @param seen oldest first
 * @param open episodes
 * @param retainMs how long {@code seen} is needed, in event time
 */
public record IncidentHistory(List<Seen> seen, List<Incident> open, long retainMs) {

  public static final IncidentHistory EMPTY = new IncidentHistory(List.of(), List.of(), 0);

  /** Events kept of each group; beyond it the oldest are dropped. */
  public static final int MAX_SEEN = 256;

  /** Open episodes; beyond it the one that reached its threshold longest ago is closed. */
  public static final int MAX_OPEN = 128;

  /**
   * A kill or a failed allocation.
   *
   * @param group {@link #KILLS}, or the kind of the failure
   */
  public record Seen(
      String group,
      String id,
      long eventTimeMs,
      String workload,
      @Nullable Integer order,
      @Nullable Long freeBytes,
      @Nullable String code) {

    /** The group of kills. */
    public static final String KILLS = "KILL";

    static Seen of(Occurrence occurrence) {
      return new Seen(
          groupOf(occurrence),
          occurrence.id(),
          occurrence.eventTimeMs(),
          occurrence.workload(),
          occurrence.order(),
          occurrence.freeBytes(),
          occurrence.code());
    }

    static String groupOf(Occurrence occurrence) {
      SignalKind failure = occurrence.failure();
      return failure == null ? KILLS : failure.name();
    }
  }

  public boolean isEmpty() {
    return seen.isEmpty() && open.isEmpty();
  }
}

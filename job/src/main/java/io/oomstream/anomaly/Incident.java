package io.oomstream.anomaly;

import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Host;
import io.oomstream.event.section.Provenance;
import io.oomstream.rule.Bounded;
import io.oomstream.rule.DetectorLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open episode. Kept in keyed state.
 *
 * @param limits the limits at its last event
 * @param time wall clock of its last event
 * @param related newest ids of the events
 */
public record Incident(
    Identity identity,
    Times times,
    DetectorLimits limits,
    Counts counts,
    Worst worst,
    @Nullable Instant time,
    List<String> related) {

  /** Ids in one signal; a longer list helps nobody. */
  public static final int MAX_RELATED = 50;

  /**
   * What the episode is about. It never changes.
   *
   * @param id of the episode
   * @param kind name of the kind of its signals
   * @param subject the workload; empty for episodes of a whole host
   * @param host null for episodes of the fleet
   */
  public record Identity(
      String id,
      String kind,
      String subject,
      @Nullable Host host,
      @Nullable Provenance provenance) {}

  /**
   * Event times, milliseconds.
   *
   * @param firstMs of the first event in the episode
   * @param openedMs of the event that opened the episode
   * @param heldMs of the last event at which the threshold was reached
   * @param lastMs of its last event
   * @param sentMs of its last signal
   */
  public record Times(long firstMs, long openedMs, long heldMs, long lastMs, long sentMs) {

    /** Of an episode that opens with its last event. */
    static Times opened(long firstMs, long lastMs) {
      return new Times(firstMs, lastMs, lastMs, lastMs, lastMs);
    }

    private Times plus(long eventTimeMs, boolean holds) {
      return new Times(
          Math.min(firstMs, eventTimeMs),
          openedMs,
          holds ? Math.max(heldMs, eventTimeMs) : heldMs,
          Math.max(lastMs, eventTimeMs),
          sentMs);
    }
  }

  /**
   * How much.
   *
   * @param sent signals so far
   * @param events in the episode
   * @param unsent events after its last signal
   * @param hosts distinct machines; 0 for episodes of one host
   */
  public record Counts(int sent, long events, long unsent, long hosts) {

    static Counts opened(long events, long hosts) {
      return new Counts(0, events, 0, hosts);
    }
  }

  /**
   * The worst of the failed requests; all null for kills.
   *
   * @param order the largest
   * @param leastFreeBytes least free memory at any of them
   * @param code the function that requested memory at the largest order
   */
  public record Worst(
      @Nullable Integer order, @Nullable Long leastFreeBytes, @Nullable String code) {

    static final Worst NONE = new Worst(null, null, null);

    Worst or(Worst more) {
      boolean worse = more.order != null && (order == null || more.order > order);
      return new Worst(
          worse ? more.order : order,
          least(leastFreeBytes, more.leastFreeBytes),
          worse || code == null ? more.code : code);
    }

    private static @Nullable Long least(@Nullable Long a, @Nullable Long b) {
      if (a == null || b == null) {
        return a == null ? b : a;
      }
      return Math.min(a, b);
    }
  }

  /** What an event adds to an episode. */
  record Addition(
      long eventTimeMs,
      @Nullable Instant time,
      long events,
      long hosts,
      List<String> ids,
      Worst worst) {}

  SignalKind signalKind() {
    return SignalKind.valueOf(identity.kind());
  }

  /**
   * With more events.
   *
   * @param holds whether the threshold is reached at them
   */
  Incident plus(Addition more, boolean holds, DetectorLimits now) {
    List<String> ids = new ArrayList<>(related);
    ids.addAll(more.ids());
    boolean later = more.eventTimeMs() >= times.lastMs();
    return new Incident(
        identity,
        times.plus(more.eventTimeMs(), holds),
        now,
        new Counts(
            counts.sent(),
            counts.events() + more.events(),
            counts.unsent() + more.events(),
            counts.hosts() + more.hosts()),
        worst.or(more.worst()),
        later && more.time() != null ? more.time() : time,
        Bounded.newest(ids, MAX_RELATED));
  }

  /** After a signal of it, at that event time. */
  Incident sentAt(long eventTimeMs) {
    return new Incident(
        identity,
        new Times(times.firstMs(), times.openedMs(), times.heldMs(), times.lastMs(), eventTimeMs),
        limits,
        new Counts(counts.sent() + 1, counts.events(), 0, counts.hosts()),
        worst,
        time,
        related);
  }

  /** Event time at which it closes, if the threshold is not reached again before. */
  long closesAt() {
    return EventTime.plus(times.heldMs(), limits.windowMs());
  }

  /** Event time of its next signal, if no event comes before. */
  long dueAt() {
    return counts.unsent() > 0
        ? Math.min(closesAt(), EventTime.plus(times.sentMs(), limits.updateMs()))
        : closesAt();
  }
}

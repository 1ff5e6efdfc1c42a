package io.oomstream.anomaly;

import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.event.RuleRef;
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
 * An episode that is open. Kept in keyed state: components may be added, never changed or removed.
 *
 * @param id of the episode
 * @param kind name of its signals' kind
 * @param subject the workload; empty for those of a whole host
 * @param host null for those of the fleet
 * @param time wall clock of its last event
 * @param firstMs event time of the first event it groups
 * @param openedMs event time of the one that made it an episode
 * @param heldMs event time at which its condition held last
 * @param lastMs event time of its last event
 * @param sentMs event time of its last signal
 * @param windowMs it closes when so long after {@code heldMs} nothing has kept it open
 * @param updateMs shortest time between two of its signals
 * @param threshold that it was opened by
 * @param sent signals so far
 * @param events that it has grouped
 * @param unsent of these, how many came after its last signal
 * @param hosts distinct machines; 0 for those of one host
 * @param related newest ids of the events
 * @param worstOrder largest order of the failed requests
 * @param leastFreeBytes least free memory at any of them
 * @param worstCode what asked for memory at the largest order
 */
public record Incident(
    String id,
    String kind,
    String subject,
    @Nullable Host host,
    @Nullable Instant time,
    @Nullable Provenance provenance,
    long firstMs,
    long openedMs,
    long heldMs,
    long lastMs,
    long sentMs,
    long windowMs,
    long updateMs,
    int threshold,
    int sent,
    long events,
    long unsent,
    long hosts,
    List<String> related,
    @Nullable Integer worstOrder,
    @Nullable Long leastFreeBytes,
    @Nullable String worstCode,
    List<RuleRef> rules) {

  /** Ids named in one signal; a longer list helps nobody. */
  public static final int MAX_RELATED = 50;

  /** What an event adds to an episode. */
  record Addition(
      long eventTimeMs,
      @Nullable Instant time,
      long events,
      long hosts,
      List<String> ids,
      @Nullable Integer order,
      @Nullable Long freeBytes,
      @Nullable String code) {}

  SignalKind signalKind() {
    return SignalKind.valueOf(kind);
  }

  /** With more events. */
  Incident plus(Addition more, boolean holds, DetectorLimits limits) {
    List<String> ids = new ArrayList<>(related);
    ids.addAll(more.ids());
    boolean later = more.eventTimeMs() >= lastMs;
    boolean worse = isWorse(more.order());
    return new Incident(
        id,
        kind,
        subject,
        host,
        later && more.time() != null ? more.time() : time,
        provenance,
        Math.min(firstMs, more.eventTimeMs()),
        openedMs,
        holds ? Math.max(heldMs, more.eventTimeMs()) : heldMs,
        Math.max(lastMs, more.eventTimeMs()),
        sentMs,
        limits.windowMs(),
        limits.updateMs(),
        limits.threshold(),
        sent,
        events + more.events(),
        unsent + more.events(),
        hosts + more.hosts(),
        Bounded.newest(ids, MAX_RELATED),
        worse ? more.order() : worstOrder,
        least(leastFreeBytes, more.freeBytes()),
        worse || worstCode == null ? more.code() : worstCode,
        limits.rules());
  }

  /** After a signal of it, at that event time. */
  Incident sentAt(long eventTimeMs) {
    return new Incident(
        id,
        kind,
        subject,
        host,
        time,
        provenance,
        firstMs,
        openedMs,
        heldMs,
        lastMs,
        eventTimeMs,
        windowMs,
        updateMs,
        threshold,
        sent + 1,
        events,
        0,
        hosts,
        related,
        worstOrder,
        leastFreeBytes,
        worstCode,
        rules);
  }

  long closesAt() {
    return EventTime.plus(heldMs, windowMs);
  }

  /** Event time of its next signal, if nothing more comes. */
  long dueAt() {
    return unsent > 0 ? Math.min(closesAt(), EventTime.plus(sentMs, updateMs)) : closesAt();
  }

  private boolean isWorse(@Nullable Integer order) {
    return order != null && (worstOrder == null || order > worstOrder);
  }

  private static @Nullable Long least(@Nullable Long a, @Nullable Long b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return Math.min(a, b);
  }
}

package io.oomstream.anomaly;

import io.oomstream.diagnosis.context.EventIds;
import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.event.SignalKind;
import io.oomstream.rule.Bounded;
import io.oomstream.rule.DetectorLimits;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.rule.RuleBook;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Second stage of the count over the fleet: adds up the shares of one workload. */
public final class FleetDetector {

  /** Ids remembered of one slice. */
  private static final int MAX_SLICE_IDS = 16;

  private FleetDetector() {}

  /** The new state and the signals. */
  public record Step(FleetHistory history, List<RaisedSignal> raised) {}

  /**
   * Adds up all slices that end before that event time.
   *
   * @param partials of ended slices, in any order
   * @param eventTimeMs {@link Long#MAX_VALUE} ends the history; {@link Long#MIN_VALUE} only adds
   *     the partials
   */
  public static Step advance(
      @Nullable FleetHistory before,
      List<FleetPartial> partials,
      long eventTimeMs,
      String workload,
      IncidentOptions options,
      RuleBook rules) {
    TreeMap<Long, List<FleetPartial>> bySlice = new TreeMap<>();
    partials.forEach(p -> bySlice.computeIfAbsent(p.slice(), s -> new ArrayList<>()).add(p));
    List<RaisedSignal> raised = new ArrayList<>();
    FleetHistory history = before == null ? FleetHistory.EMPTY : before;
    for (List<FleetPartial> slice : bySlice.values()) {
      history = slice(history, slice, workload, options, rules, raised);
    }
    OpenIncidents open = openOf(history, raised, options.language());
    // By whole slices: what a slice adds is known only at its end.
    open.advance(
        eventTimeMs == Long.MAX_VALUE
            ? eventTimeMs
            : EventTime.times(FleetShare.sliceOf(eventTimeMs), FleetShare.SLICE_MS));
    if (eventTimeMs == Long.MAX_VALUE) {
      return new Step(FleetHistory.EMPTY, List.copyOf(raised));
    }
    long oldest = FleetShare.sliceOf(EventTime.minus(eventTimeMs, history.retainMs()));
    FleetHistory now =
        new FleetHistory(
            history.hosts().stream().filter(h -> h.slice() >= oldest).toList(),
            history.kills().stream().filter(k -> k.slice() >= oldest).toList(),
            first(open),
            history.retainMs());
    return new Step(now, List.copyOf(raised));
  }

  /** Event time of the next change if no partial comes; null if the history is empty. */
  public static @Nullable Long dueAt(FleetHistory history) {
    Incident open = history.open();
    Long due = open == null ? null : FleetShare.endOf(FleetShare.sliceOf(open.dueAt()));
    if (!history.hosts().isEmpty()) {
      long last = history.hosts().get(history.hosts().size() - 1).slice();
      long forgotten = EventTime.plus(FleetShare.endOf(last), history.retainMs());
      due = due == null ? forgotten : Math.min(due, forgotten);
    }
    return due;
  }

  private static FleetHistory slice(
      FleetHistory past,
      List<FleetPartial> partials,
      String workload,
      IncidentOptions options,
      RuleBook rules,
      List<RaisedSignal> raised) {
    long slice = partials.get(0).slice();
    long end = EventTime.minus(FleetShare.endOf(slice), 1);
    OpenIncidents open = openOf(past, raised, options.language());
    open.advance(EventTime.times(slice, FleetShare.SLICE_MS));
    DetectorLimits limits = rules.limits(options, SignalKind.FLEET_OOM, "", workload, end);
    long retain = Math.max(limits.windowMs(), past.retainMs());
    long oldest = FleetShare.sliceOf(EventTime.minus(end, retain)) + 1;

    TreeMap<Long, Long> hosts = new TreeMap<>();
    past.hosts().forEach(h -> hosts.put(h.slice(), h.hosts()));
    Incident running = first(open);
    long episodeStart =
        running == null ? Long.MAX_VALUE : FleetShare.sliceOf(running.times().firstMs());
    boolean isNewToEpisode = FleetShare.forgottenIn(slice) < episodeStart;
    long joined = 0;
    for (FleetPartial partial : partials) {
      hosts.merge(slice, partial.fresh(), Long::sum);
      joined += isNewToEpisode ? partial.fresh() : 0;
      for (FleetPartial.SliceCount moved : partial.moved()) {
        hosts.merge(slice, moved.hosts(), Long::sum);
        hosts.computeIfPresent(moved.slice(), (s, n) -> Math.max(0, n - moved.hosts()));
        joined += moved.slice() < episodeStart ? moved.hosts() : 0;
      }
    }
    hosts.headMap(oldest).clear();
    hosts.values().removeIf(n -> n == 0);
    FleetHistory.RecentKills own = killsOf(slice, partials);
    TreeMap<Long, FleetHistory.RecentKills> kills = new TreeMap<>();
    past.kills().stream().filter(k -> k.slice() >= oldest).forEach(k -> kills.put(k.slice(), k));
    kills.merge(slice, own, FleetDetector::added);

    long first = FleetShare.sliceOf(EventTime.minus(end, limits.windowMs())) + 1;
    long within =
        first > slice
            ? 0
            : hosts.subMap(first, true, slice, true).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    boolean holds = within >= limits.threshold();
    if (running != null) {
      open.replace(
          running,
          running.plus(
              new Incident.Addition(
                  own.lastMs(),
                  EventTime.wall(own.lastMs()),
                  own.kills(),
                  Math.max(joined, within - running.counts().hosts()),
                  own.ids(),
                  Incident.Worst.NONE),
              holds,
              limits));
    } else if (holds) {
      open.begin(
          begun(
              workload,
              limits,
              within,
              List.copyOf(kills.subMap(first, true, slice, true).values())),
          1);
    }
    List<FleetPartial.SliceCount> counts = new ArrayList<>();
    hosts.forEach((s, n) -> counts.add(new FleetPartial.SliceCount(s, n)));
    return new FleetHistory(List.copyOf(counts), List.copyOf(kills.values()), first(open), retain);
  }

  private static FleetHistory.RecentKills killsOf(long slice, List<FleetPartial> partials) {
    long kills = 0;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    List<String> ids = new ArrayList<>();
    for (FleetPartial partial : partials) {
      kills += partial.kills();
      first = Math.min(first, partial.firstMs());
      last = Math.max(last, partial.lastMs());
      ids.addAll(partial.ids());
    }
    ids.sort(null);
    return new FleetHistory.RecentKills(
        slice, kills, ids.stream().limit(MAX_SLICE_IDS).toList(), first, last);
  }

  /** A slice can have several partials of one share. */
  private static FleetHistory.RecentKills added(
      FleetHistory.RecentKills a, FleetHistory.RecentKills b) {
    List<String> ids = new ArrayList<>(a.ids());
    ids.addAll(b.ids());
    return new FleetHistory.RecentKills(
        a.slice(),
        a.kills() + b.kills(),
        ids.stream().limit(MAX_SLICE_IDS).toList(),
        Math.min(a.firstMs(), b.firstMs()),
        Math.max(a.lastMs(), b.lastMs()));
  }

  private static Incident begun(
      String workload, DetectorLimits limits, long hosts, List<FleetHistory.RecentKills> kills) {
    long events = 0;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    List<String> ids = new ArrayList<>();
    for (FleetHistory.RecentKills slice : kills) {
      events += slice.kills();
      first = Math.min(first, slice.firstMs());
      last = Math.max(last, slice.lastMs());
      ids.addAll(slice.ids());
    }
    List<String> related = Bounded.newest(ids, Incident.MAX_RELATED);
    return new Incident(
        new Incident.Identity(
            EventIds.hash(
                "episode",
                SignalKind.FLEET_OOM.name(),
                workload,
                String.valueOf(first),
                ids.get(0)),
            SignalKind.FLEET_OOM.name(),
            workload,
            null,
            null),
        Incident.Times.opened(first, last),
        limits,
        Incident.Counts.opened(events, hosts),
        Incident.Worst.NONE,
        EventTime.wall(last),
        related);
  }

  private static OpenIncidents openOf(
      FleetHistory history, List<RaisedSignal> raised, Language language) {
    Incident open = history.open();
    return new OpenIncidents(open == null ? List.of() : List.of(open), raised, language);
  }

  private static @Nullable Incident first(OpenIncidents open) {
    return open.open().isEmpty() ? null : open.open().get(0);
  }
}

package io.oomstream.anomaly;

import io.oomstream.event.RuleJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The first stage of the count over the fleet: one workload on one share of the hosts. A host is
 * always in the same share, so that distinct hosts of the shares add up. Kept in keyed state:
 * components may be added, never changed or removed.
 *
 * @param hosts the last slice in which the workload was killed on them, by name
 * @param doneBefore slices before it are told; what comes later for them is counted in it
 */
public record FleetShare(List<HostSlice> hosts, long doneBefore) {

  public static final FleetShare EMPTY = new FleetShare(List.of(), Long.MIN_VALUE);

  /** Length of a slice of event time, milliseconds. */
  public static final long SLICE_MS = 10_000;

  /** Hosts remembered of one share; those seen longest ago go first, and count anew. */
  public static final int MAX_HOSTS = 8_192;

  /** Kills held for one share until their slice is over; more are only counted by the metric. */
  public static final int MAX_WAITING = 65_536;

  private static final int MAX_IDS = 4;

  /** A host and the slice of its last kill. */
  public record HostSlice(String host, long slice) {}

  /** A kill that waits for its slice to end. */
  public record Kill(String host, String id, long eventTimeMs) {}

  /**
   * What came of it.
   *
   * @param waiting kills whose slice is not over
   */
  public record Step(FleetShare state, List<FleetPartial> partials, List<Kill> waiting) {}

  static long sliceOf(long eventTimeMs) {
    return Math.floorDiv(eventTimeMs, SLICE_MS);
  }

  /** Event time at which the slice of that time is over. */
  public static long endOfSlice(long eventTimeMs) {
    return (sliceOf(eventTimeMs) + 1) * SLICE_MS;
  }

  /** Slices of the longest window that a rule can ask for. */
  private static long longest() {
    return RuleJson.MAX_FLEET_WINDOW_SECONDS * 1000 / SLICE_MS;
  }

  /**
   * Tells of all slices that are over at that event time.
   *
   * @param kills in any order
   */
  public static Step flush(
      @Nullable FleetShare before, List<Kill> kills, long eventTimeMs, String workload, int share) {
    FleetShare past = before == null ? EMPTY : before;
    long doneBefore = Math.max(past.doneBefore(), sliceOf(eventTimeMs));
    TreeMap<Long, List<Kill>> bySlice = new TreeMap<>();
    List<Kill> waiting = new ArrayList<>();
    for (Kill kill : kills) {
      long slice = Math.max(sliceOf(kill.eventTimeMs()), past.doneBefore());
      if (slice >= doneBefore) {
        waiting.add(kill);
      } else {
        bySlice.computeIfAbsent(slice, s -> new ArrayList<>()).add(kill);
      }
    }
    Map<String, Long> hosts = new TreeMap<>();
    past.hosts().forEach(h -> hosts.put(h.host(), h.slice()));
    List<FleetPartial> partials = new ArrayList<>();
    bySlice.forEach((slice, of) -> partials.add(partial(workload, share, slice, of, hosts)));
    List<HostSlice> kept = new ArrayList<>();
    hosts.forEach(
        (host, slice) -> {
          if (slice > doneBefore - 1 - longest()) {
            kept.add(new HostSlice(host, slice));
          }
        });
    return new Step(new FleetShare(bounded(kept), doneBefore), partials, waiting);
  }

  /** Event time at which nothing is left to remember. */
  public long forgottenAt() {
    long last = hosts.stream().mapToLong(HostSlice::slice).max().orElse(0);
    return (last + longest() + 1) * SLICE_MS;
  }

  private static FleetPartial partial(
      String workload, int share, long slice, List<Kill> kills, Map<String, Long> hosts) {
    kills.sort(Comparator.comparingLong(Kill::eventTimeMs).thenComparing(Kill::id));
    long fresh = 0;
    TreeMap<Long, Long> moved = new TreeMap<>();
    for (Kill kill : kills) {
      Long last = hosts.put(kill.host(), slice);
      if (last == null || last <= slice - longest()) {
        fresh++;
      } else if (last < slice) {
        moved.merge(last, 1L, Long::sum);
      }
    }
    List<FleetPartial.SliceCount> counts = new ArrayList<>();
    moved.forEach((from, count) -> counts.add(new FleetPartial.SliceCount(from, count)));
    return new FleetPartial(
        workload,
        share,
        slice,
        kills.size(),
        fresh,
        List.copyOf(counts),
        kills.stream().map(Kill::id).limit(MAX_IDS).toList(),
        kills.get(0).eventTimeMs(),
        kills.get(kills.size() - 1).eventTimeMs());
  }

  private static List<HostSlice> bounded(List<HostSlice> hosts) {
    if (hosts.size() <= MAX_HOSTS) {
      return List.copyOf(hosts);
    }
    List<HostSlice> newest = new ArrayList<>(hosts);
    newest.sort(Comparator.comparingLong(HostSlice::slice).thenComparing(HostSlice::host));
    newest = new ArrayList<>(Bounded.newest(newest, MAX_HOSTS));
    newest.sort(Comparator.comparing(HostSlice::host));
    return List.copyOf(newest);
  }
}

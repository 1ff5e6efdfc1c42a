package io.oomstream.anomaly;

import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.event.rule.RuleJson;
import io.oomstream.rule.Bounded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The first stage of the count over the fleet: one workload on one share of the hosts. A host is
 * always in the same share, so that distinct hosts of the shares add up. Kept in keyed state.
 *
 * @param hosts the last slice in which the workload was killed on them, by name
 * @param doneBefore slices before it are told
 */
public record FleetShare(List<HostSlice> hosts, long doneBefore) {

  public static final FleetShare EMPTY = new FleetShare(List.of(), Long.MIN_VALUE);

  /** Length of a slice of event time, milliseconds. */
  public static final long SLICE_MS = 10_000;

  /** Hosts remembered of one share; those seen longest ago go first, and count anew. */
  public static final int MAX_HOSTS = 8_192;

  /** Kills held for one share until their slice is over; more are only counted by the metric. */
  public static final int MAX_WAITING = 65_536;

  /**
   * Kills of one workload on one host that are known again when they are delivered again, the
   * newest; for as long as the host is remembered.
   */
  public static final int MAX_HOST_IDS = 16;

  private static final int MAX_IDS = 4;

  /**
   * A host and the slice of its last kill.
   *
   * @param ids of its last kills, hashed
   */
  public record HostSlice(String host, long slice, List<Long> ids) {}

  /**
   * A kill that waits for its slice to end.
   *
   * @param slice in which it is counted
   */
  public record Kill(String host, String id, long eventTimeMs, long slice) {

    /** In the slice of its time. */
    public Kill(String host, String id, long eventTimeMs) {
      this(host, id, eventTimeMs, sliceOf(eventTimeMs));
    }

    /** Event time at which its slice is told of. */
    public long dueAt(long settlingMs) {
      return EventTime.plus(endOf(slice), settlingMs);
    }

    /** What comes for a slice that is over is counted in the first one that is not. */
    public Kill notBefore(long open) {
      return slice >= open ? this : new Kill(host, id, eventTimeMs, open);
    }

    /** What comes of a clock that is ahead is counted where event time is. */
    public Kill notAfter(long open) {
      return slice <= open ? this : new Kill(host, id, eventTimeMs, open);
    }
  }

  /**
   * What came of it.
   *
   * @param waiting kills whose slice is not over
   */
  public record Step(FleetShare state, List<FleetPartial> partials, List<Kill> waiting) {

    /**
     * Event time of the next turn, milliseconds; null if nothing is remembered and no kill waits.
     *
     * @param settlingMs how long a slice waits after its end
     */
    public @Nullable Long dueAt(long settlingMs) {
      Long due = state.hosts().isEmpty() ? null : EventTime.plus(state.forgottenAt(), settlingMs);
      for (Kill kill : waiting) {
        long of = kill.dueAt(settlingMs);
        due = due == null ? of : Math.min(due, of);
      }
      return due;
    }
  }

  /** The key of the first stage: one workload on one share of the hosts. */
  public static String keyOf(Occurrence mark, int shares) {
    return Math.floorMod(mark.hostKey().hashCode(), shares) + "/" + mark.fleetKey();
  }

  /** The slice that the time is in: the first that is not over when event time is there. */
  public static long sliceOf(long eventTimeMs) {
    return Math.floorDiv(eventTimeMs, SLICE_MS);
  }

  /** Event time at which a slice is over. */
  public static long endOf(long slice) {
    return EventTime.times(EventTime.plus(slice, 1), SLICE_MS);
  }

  /** Slices of the longest window that a rule can ask for. */
  private static long longest() {
    return RuleJson.MAX_FLEET_WINDOW_SECONDS * 1000 / SLICE_MS;
  }

  /**
   * Tells of all slices that are over at that event time; of all there are at the end of time.
   *
   * @param kills in any order
   */
  public static Step flush(
      @Nullable FleetShare before, List<Kill> kills, long eventTimeMs, String workload, int share) {
    FleetShare past = before == null ? EMPTY : before;
    boolean end = eventTimeMs == Long.MAX_VALUE;
    long doneBefore = Math.max(past.doneBefore(), sliceOf(eventTimeMs));
    List<Kill> over = new ArrayList<>();
    List<Kill> waiting = new ArrayList<>();
    for (Kill kill : kills) {
      Kill counted = kill.notBefore(past.doneBefore());
      (end || counted.slice() < doneBefore ? over : waiting).add(counted);
    }
    Step step = tell(past, over, workload, share);
    List<HostSlice> kept =
        step.state().hosts().stream()
            .filter(h -> !end && h.slice() > doneBefore - 1 - longest())
            .toList();
    return new Step(new FleetShare(kept, doneBefore), step.partials(), waiting);
  }

  /**
   * Tells of all kills there are, without event time having come to them. A slice may be told of
   * more than once: what is told adds up.
   */
  public static Step tell(
      @Nullable FleetShare before, List<Kill> kills, String workload, int share) {
    FleetShare past = before == null ? EMPTY : before;
    TreeMap<Long, List<Kill>> bySlice = new TreeMap<>();
    kills.forEach(k -> bySlice.computeIfAbsent(k.slice(), s -> new ArrayList<>()).add(k));
    Map<String, HostSlice> hosts = new TreeMap<>();
    past.hosts().forEach(h -> hosts.put(h.host(), h));
    List<FleetPartial> partials = new ArrayList<>();
    bySlice.forEach(
        (slice, of) -> {
          FleetPartial partial = partial(workload, share, slice, of, hosts);
          if (partial != null) {
            partials.add(partial);
          }
        });
    return new Step(
        new FleetShare(bounded(List.copyOf(hosts.values())), past.doneBefore()),
        partials,
        List.of());
  }

  /** Event time at which nothing is left to remember. */
  public long forgottenAt() {
    long last = hosts.stream().mapToLong(HostSlice::slice).max().orElse(0);
    return endOf(EventTime.plus(last, longest()));
  }

  /** Null if all of them are known. */
  private static @Nullable FleetPartial partial(
      String workload, int share, long slice, List<Kill> of, Map<String, HostSlice> hosts) {
    of.sort(Comparator.comparingLong(Kill::eventTimeMs).thenComparing(Kill::id));
    List<Kill> kills = new ArrayList<>();
    long fresh = 0;
    TreeMap<Long, Long> moved = new TreeMap<>();
    for (Kill kill : of) {
      HostSlice last = hosts.get(kill.host());
      long hash = hash(kill.id());
      if (last != null && last.ids().contains(hash)) {
        continue;
      }
      kills.add(kill);
      List<Long> ids = new ArrayList<>(last == null ? List.of() : last.ids());
      ids.add(hash);
      long newest = last == null ? slice : Math.max(slice, last.slice());
      hosts.put(kill.host(), new HostSlice(kill.host(), newest, Bounded.newest(ids, MAX_HOST_IDS)));
      if (last == null || last.slice() <= slice - longest()) {
        fresh++;
      } else if (last.slice() < slice) {
        moved.merge(last.slice(), 1L, Long::sum);
      }
    }
    if (kills.isEmpty()) {
      return null;
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

  /** FNV-1a: 64 bits are enough for the few ids of one host. */
  private static long hash(String id) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  private static List<HostSlice> bounded(List<HostSlice> hosts) {
    if (hosts.size() <= MAX_HOSTS) {
      return hosts;
    }
    List<HostSlice> newest = new ArrayList<>(hosts);
    newest.sort(Comparator.comparingLong(HostSlice::slice).thenComparing(HostSlice::host));
    newest = new ArrayList<>(Bounded.newest(newest, MAX_HOSTS));
    newest.sort(Comparator.comparing(HostSlice::host));
    return List.copyOf(newest);
  }
}

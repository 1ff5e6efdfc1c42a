package io.oomstream.anomaly;

import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.event.rule.Rule;
import io.oomstream.rule.Bounded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * First stage of the count over the fleet: one workload on one share of the hosts. A host is always
 * in the same share, so the distinct hosts of the shares can be added up. Kept in keyed state.
 *
 * @param hosts by name, each with the slice of its last kill of the workload
 * @param doneBefore all slices before this one are counted
 */
public record FleetShare(List<HostSlice> hosts, long doneBefore) {

  public static final FleetShare EMPTY = new FleetShare(List.of(), Long.MIN_VALUE);

  /** Length of a slice of event time, milliseconds. */
  public static final long SLICE_MS = 10_000;

  /**
   * Hosts in one share. Beyond it the hosts seen longest ago are forgotten; they count as new
   * later.
   */
  public static final int MAX_HOSTS = 8_192;

  /**
   * Kills that wait in one share for the end of their slice. Further ones only count in the metric.
   */
  public static final int MAX_WAITING = 65_536;

  /** Newest kills of one workload on one host whose repeated delivery is detected. */
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
   * @param slice the slice in which the kill counts
   */
  public record Kill(String host, String id, long eventTimeMs, long slice) {

    /** A kill that counts in the slice of its own time. */
    public Kill(String host, String id, long eventTimeMs) {
      this(host, id, eventTimeMs, sliceOf(eventTimeMs));
    }

    /** Event time at which its slice is reported. */
    public long dueAt(long settlingMs) {
      return EventTime.plus(endOf(slice), settlingMs);
    }

    /** A kill of an ended slice counts in the first open one. */
    public Kill notBefore(long open) {
      return slice >= open ? this : new Kill(host, id, eventTimeMs, open);
    }

    /** A kill from a clock that is ahead counts in the current slice. */
    public Kill notAfter(long open) {
      return slice <= open ? this : new Kill(host, id, eventTimeMs, open);
    }
  }

  /**
   * The new state and the partials to send.
   *
   * @param waiting kills whose slice has not ended
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

  /** The slice of an event time. */
  public static long sliceOf(long eventTimeMs) {
    return Math.floorDiv(eventTimeMs, SLICE_MS);
  }

  /** Event time at which a slice ends. */
  public static long endOf(long slice) {
    return EventTime.times(EventTime.plus(slice, 1), SLICE_MS);
  }

  /** Slices in the longest window that a rule can set. */
  private static long longest() {
    return Rule.MAX_FLEET_WINDOW_SECONDS * 1000 / SLICE_MS;
  }

  /** The newest slice whose hosts are forgotten, and count as new, when that slice is counted. */
  static long forgottenIn(long slice) {
    return slice - longest();
  }

  /**
   * Whether an episode is so long that a host of its beginning may have been forgotten. Its number
   * of hosts is then the least that there can be.
   */
  static boolean mayForgetHosts(long firstMs, long lastMs) {
    return forgottenIn(sliceOf(lastMs)) >= sliceOf(firstMs);
  }

  /**
   * Counts all slices that have ended at that event time; all kills for {@link Long#MAX_VALUE}.
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
    Step step = countAll(past, over, workload, share);
    List<HostSlice> kept =
        step.state().hosts().stream()
            .filter(h -> !end && h.slice() > doneBefore - 1 - longest())
            .toList();
    return new Step(new FleetShare(kept, doneBefore), step.partials(), waiting);
  }

  /**
   * Counts all kills, without waiting for event time. A slice can get several partials this way;
   * the second stage adds them up.
   */
  public static Step countAll(
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

  /** Event time from which the share can be forgotten. */
  public long forgottenAt() {
    long last = hosts.stream().mapToLong(HostSlice::slice).max().orElse(0);
    return endOf(EventTime.plus(last, longest()));
  }

  /** Null if all kills are repeated deliveries. */
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
      if (last == null || last.slice() <= forgottenIn(slice)) {
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

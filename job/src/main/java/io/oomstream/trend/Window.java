package io.oomstream.trend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A machine's samples by time, oldest first. */
final class Window {

  /** Files that a host sends one by one within this time are of one moment. */
  private static final long SAME_MOMENT_MS = 500;

  private final NavigableMap<Long, Map<String, Long>> samples = new TreeMap<>();

  static Window of(MachineHistory history) {
    Window window = new Window();
    for (int i = 0; i < history.times().length; i++) {
      Map<String, Long> values = new HashMap<>();
      for (MachineHistory.Track track : history.tracks()) {
        if (i < track.values().length && track.values()[i] != MachineHistory.ABSENT) {
          values.put(track.what(), track.values()[i]);
        }
      }
      window.samples.put(history.times()[i], values);
    }
    return window;
  }

  void add(long timeMs, Map<String, Long> values) {
    if (values.isEmpty()) {
      return;
    }
    Map.Entry<Long, Map<String, Long>> near = samples.floorEntry(timeMs + SAME_MOMENT_MS);
    boolean same =
        near != null
            && near.getKey() >= timeMs - SAME_MOMENT_MS
            && values.keySet().stream().noneMatch(near.getValue()::containsKey);
    Map<String, Long> at =
        same && near != null
            ? near.getValue()
            : samples.computeIfAbsent(timeMs, time -> new HashMap<>());
    values.forEach(at::putIfAbsent);
  }

  boolean isEmpty() {
    return samples.isEmpty();
  }

  long newest() {
    return samples.lastKey();
  }

  /** Whether a sample of that time is the newest. */
  boolean isNewest(long timeMs) {
    return timeMs >= newest() - SAME_MOMENT_MS;
  }

  void clear() {
    samples.clear();
  }

  void expire(long windowMs) {
    if (!samples.isEmpty()) {
      samples.headMap(samples.lastKey() - windowMs, true).clear();
    }
  }

  /**
   * Keeps the newest times close to each other and the oldest far apart: between the first and the
   * last, the time is dropped that its neighbours represent best, given its age.
   */
  void thin(int maxTimes) {
    while (samples.size() > maxTimes) {
      List<Long> times = new ArrayList<>(samples.keySet());
      long newest = times.get(times.size() - 1);
      int least = 1;
      double leastGap = Double.MAX_VALUE;
      for (int i = 1; i < times.size() - 1; i++) {
        double gap = (double) (times.get(i + 1) - times.get(i - 1));
        double relative = gap / (newest - times.get(i - 1));
        if (relative < leastGap) {
          least = i;
          leastGap = relative;
        }
      }
      samples.remove(times.get(least));
    }
  }

  /** The newest value known; null if none. */
  @Nullable Long last(String what) {
    for (Map<String, Long> values : samples.descendingMap().values()) {
      Long value = values.get(what);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** The value of the newest sample alone. */
  @Nullable Long now(String what) {
    return samples.isEmpty() ? null : samples.lastEntry().getValue().get(what);
  }

  /**
   * The points of one series, oldest first. Where a cache was too small to be kept, it is taken to
   * have had as much as the smallest that was: its growth is never overstated.
   */
  List<Slope.Point> series(String what) {
    boolean cache = Measures.cacheOf(what) != null;
    List<Slope.Point> points = new ArrayList<>();
    samples.forEach(
        (time, values) -> {
          Long value = values.get(what);
          value = value == null && cache ? values.get(Measures.CACHE_CEILING) : value;
          if (value != null) {
            points.add(new Slope.Point(time, value));
          }
        });
    return points;
  }

  /** When something was killed, or first known to have been. */
  NavigableSet<Long> kills() {
    NavigableSet<Long> kills = new TreeSet<>();
    Long counted = null;
    for (Map.Entry<Long, Map<String, Long>> sample : samples.entrySet()) {
      Long count = sample.getValue().get(Measures.OOM_KILLS);
      boolean more = count != null && counted != null && count > counted;
      if (more || sample.getValue().containsKey(Measures.KILLED)) {
        kills.add(sample.getKey());
      }
      counted = count == null ? counted : count;
    }
    return kills;
  }

  List<String> names() {
    return samples.isEmpty()
        ? List.of()
        : samples.lastEntry().getValue().keySet().stream().sorted().toList();
  }

  long[] times() {
    return samples.keySet().stream().mapToLong(Long::longValue).toArray();
  }

  List<MachineHistory.Track> tracks() {
    TreeSet<String> names = new TreeSet<>();
    samples.values().forEach(values -> names.addAll(values.keySet()));
    List<MachineHistory.Track> tracks = new ArrayList<>();
    for (String name : names) {
      long[] values = new long[samples.size()];
      Arrays.fill(values, MachineHistory.ABSENT);
      int i = 0;
      for (Map<String, Long> sample : samples.values()) {
        Long value = sample.get(name);
        values[i++] = value == null ? MachineHistory.ABSENT : value;
      }
      tracks.add(new MachineHistory.Track(name, values));
    }
    return bounded(tracks);
  }

  /** Caches that grew least go first, everything else stays. */
  private static List<MachineHistory.Track> bounded(List<MachineHistory.Track> tracks) {
    List<MachineHistory.Track> kept = new ArrayList<>(tracks);
    while (kept.size() > MachineHistory.MAX_TRACKS) {
      int least = -1;
      long leastPeak = Long.MAX_VALUE;
      for (int i = 0; i < kept.size(); i++) {
        long peak = Arrays.stream(kept.get(i).values()).max().orElse(0);
        if (Measures.cacheOf(kept.get(i).what()) != null && peak < leastPeak) {
          least = i;
          leastPeak = peak;
        }
      }
      if (least < 0) {
        break;
      }
      kept.remove(least);
    }
    return List.copyOf(kept);
  }
}

package io.oomstream.anomaly;

import io.oomstream.diagnosis.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A memory sample as the points of the series that can grow. */
final class Series {

  static final String TASK_STRUCT = "task_struct";
  static final String KERNEL_STACK = "kernel_stack";
  static final String UNRECLAIMABLE_SLAB = "slab_unreclaimable";
  static final String TASK_COUNT = "tasks";

  /** What the caches that were not kept of a sample have at most. */
  static final String CACHE_CEILING = "caches not kept";

  private static final String CACHE = "cache:";

  /** Caches kept of one sample: the biggest; a leak is among them long before it hurts. */
  private static final int MAX_CACHES = 16;

  private Series() {}

  static List<HostHistory.PastSample> of(Observation observation) {
    Observation.MemorySample sample = observation.sample();
    if (sample == null) {
      return List.of();
    }
    Map<String, Long> values = new LinkedHashMap<>();
    put(values, TASK_STRUCT, sample.taskStructBytes());
    put(values, KERNEL_STACK, sample.kernelStackBytes());
    put(values, UNRECLAIMABLE_SLAB, sample.unreclaimableSlabBytes());
    put(values, TASK_COUNT, sample.taskCount());
    List<Map.Entry<String, Long>> caches =
        sample.caches().entrySet().stream()
            .filter(e -> !e.getKey().equals(TASK_STRUCT))
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MAX_CACHES)
            .toList();
    caches.forEach(e -> values.put(CACHE + e.getKey(), e.getValue()));
    if (caches.size() == MAX_CACHES) {
      values.put(CACHE_CEILING, caches.get(MAX_CACHES - 1).getValue());
    }
    long managed = sample.managedBytes() == null ? 0 : sample.managedBytes();
    List<HostHistory.PastSample> samples = new ArrayList<>();
    values.forEach(
        (what, value) ->
            samples.add(
                new HostHistory.PastSample(what, observation.eventTimeMs(), value, managed)));
    return samples;
  }

  /** The cache that the series is of; null for the others. */
  static @Nullable String cacheOf(String what) {
    return what.startsWith(CACHE) ? what.substring(CACHE.length()) : null;
  }

  /**
   * The samples of one series, oldest first. Where a cache was too small to be kept, it is taken to
   * have had as much as the smallest that was: its growth is never overstated.
   */
  static List<HostHistory.PastSample> select(String what, List<HostHistory.PastSample> samples) {
    Map<Long, HostHistory.PastSample> byTime = new TreeMap<>();
    boolean cache = cacheOf(what) != null;
    for (HostHistory.PastSample sample : samples) {
      if (sample.what().equals(what)) {
        byTime.put(sample.eventTimeMs(), sample);
      } else if (cache && sample.what().equals(CACHE_CEILING)) {
        byTime.putIfAbsent(sample.eventTimeMs(), sample);
      }
    }
    return List.copyOf(byTime.values());
  }

  private static void put(Map<String, Long> values, String what, @Nullable Long value) {
    if (value != null) {
      values.put(what, value);
    }
  }
}

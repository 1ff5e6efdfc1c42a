package io.oomstream.trend;

import io.oomstream.diagnosis.context.Observation;
import io.oomstream.event.section.Host;
import io.oomstream.snapshot.Snapshot;
import io.oomstream.snapshot.SnapshotFigures;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The names of a machine's figures, from a block or from a snapshot. */
public final class Measures {

  public static final String TASK_STRUCT = "task_struct";
  public static final String TASK_COUNT = "tasks";

  /** Kills that the kernel counted since boot. */
  static final String OOM_KILLS = "oom_kill";

  /** Kills in a block. */
  static final String KILLED = "killed";

  /** Upper limit of the size of the sample's caches that were not kept. */
  static final String CACHE_CEILING = "caches not kept";

  private static final String CACHE = "cache:";

  /** Number of the biggest caches kept of a sample; a leak is among them early enough. */
  private static final int MAX_CACHES = 16;

  private Measures() {}

  public static MachineSample of(Snapshot snapshot) {
    Map<String, Long> values = new TreeMap<>(snapshot.values());
    putCaches(snapshot.caches(), values);
    put(values, OOM_KILLS, snapshot.oomKills());
    return new MachineSample(
        snapshot.hostKey(),
        new Host(
            snapshot.hostKey(),
            snapshot.bootId(),
            snapshot.kernelRelease(),
            null,
            null,
            snapshot.pageSizeBytes()),
        snapshot.eventTimeMs(),
        snapshot.measuredMs(),
        snapshot.id(),
        snapshot.bootId() == null ? null : bootOf(snapshot.bootId()),
        Map.copyOf(values),
        snapshot.oomKills(),
        0);
  }

  public static MachineSample of(Observation seen) {
    Map<String, Long> values = new TreeMap<>();
    Observation.MemorySample sample = seen.sample();
    if (sample != null) {
      put(values, SnapshotFigures.MANAGED, sample.managedBytes());
      put(values, TASK_STRUCT, sample.taskStructBytes());
      put(values, SnapshotFigures.KERNEL_STACK, sample.kernelStackBytes());
      put(values, SnapshotFigures.UNRECLAIMABLE_SLAB, sample.unreclaimableSlabBytes());
      put(values, SnapshotFigures.PAGE_TABLES, sample.pageTableBytes());
      put(values, TASK_COUNT, sample.taskCount());
      putCaches(sample.caches(), values);
      put(values, KILLED, seen.killLines() > 0 ? Long.valueOf(seen.killLines()) : null);
    }
    return new MachineSample(
        seen.hostKey(),
        seen.host(),
        seen.eventTimeMs(),
        seen.eventTimeMs(),
        seen.block().id(),
        null,
        Map.copyOf(values),
        null,
        seen.killLines());
  }

  private static void putCaches(Map<String, Long> caches, Map<String, Long> values) {
    put(values, TASK_STRUCT, caches.get(TASK_STRUCT));
    List<Map.Entry<String, Long>> biggest =
        caches.entrySet().stream()
            .filter(e -> !e.getKey().equals(TASK_STRUCT))
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MAX_CACHES)
            .toList();
    biggest.forEach(e -> values.put(CACHE + e.getKey(), e.getValue()));
    if (biggest.size() == MAX_CACHES) {
      values.put(CACHE_CEILING, biggest.get(MAX_CACHES - 1).getValue());
    }
  }

  /** The cache of a series; null for other series. */
  static @Nullable String cacheOf(String what) {
    return what.startsWith(CACHE) ? what.substring(CACHE.length()) : null;
  }

  /** journald writes boot ids without the dashes that {@code /proc} has. */
  private static String bootOf(String bootId) {
    return bootId.replace("-", "").strip().toLowerCase(Locale.ROOT);
  }

  private static void put(Map<String, Long> values, String what, @Nullable Long value) {
    if (value != null) {
      values.putIfAbsent(what, value);
    }
  }
}

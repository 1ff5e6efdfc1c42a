package io.oomstream.trend;

import io.oomstream.event.section.Host;
import io.oomstream.snapshot.SnapshotFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A synthetic machine of 64 GiB that is looked at once a minute. */
final class Machine {

  static final double GIB = 1L << 30;
  static final double MEMORY = 64 * GIB;
  static final double SWAP = 8 * GIB;
  static final long START = 1_790_000_000_000L;
  static final long MINUTE = 60_000;
  static final double HOUR = 60;

  private Machine() {}

  /** What a machine does, by the minutes since it was started. */
  interface Load {
    void put(double minutes, Map<String, Double> figures, Random random);
  }

  /** Noise of so many percent on every figure; a process's memory makes up the rest. */
  static List<MachineSample> samples(int minutes, int step, long seed, Load load) {
    Random random = new Random(seed);
    List<MachineSample> samples = new ArrayList<>();
    for (int i = 0; i < minutes; i += step) {
      Map<String, Double> figures = usual(i);
      load.put(i, figures, random);
      samples.add(sample(i, noisy(figures, random)));
    }
    return samples;
  }

  /** When it has nothing left, in minutes; -1 if it always has. */
  static int exhausted(List<MachineSample> samples) {
    for (int i = 0; i < samples.size(); i++) {
      if (samples.get(i).values().getOrDefault(SnapshotFigures.AVAILABLE, 1L) <= 0) {
        return i;
      }
    }
    return -1;
  }

  /** A warm host of half its memory used: boot takes some minutes, a day has its tide. */
  private static Map<String, Double> usual(double t) {
    Map<String, Double> figures = new TreeMap<>();
    double boot = 1 - Math.exp(-t / 20);
    double warm = 1 - Math.exp(-t / 300);
    double tide = 1 + 0.2 * Math.sin(2 * Math.PI * t / (24 * HOUR));
    figures.put("anon", (4 + 20 * boot * tide) * GIB);
    figures.put(SnapshotFigures.KERNEL_STACK, 0.02 * GIB + 0.05 * GIB * boot * tide);
    figures.put(Measures.TASK_STRUCT, 0.01 * GIB + 0.04 * GIB * boot * tide);
    figures.put(SnapshotFigures.UNRECLAIMABLE_SLAB, (0.3 + 0.7 * boot + 0.4 * warm) * GIB);
    figures.put(SnapshotFigures.PAGE_TABLES, (0.05 + 0.2 * boot * tide) * GIB);
    figures.put(SnapshotFigures.SHMEM, (0.2 + 0.6 * boot) * GIB);
    figures.put(SnapshotFigures.UNACCOUNTED, (0.8 + 0.2 * boot) * GIB);
    figures.put("cache:dentry", (0.1 + 4 * warm) * GIB);
    figures.put("cache:xfs_inode", (0.1 + 5 * warm) * GIB);
    figures.put("cache:kmalloc-512", (0.05 + 0.1 * boot) * GIB);
    figures.put("cache:kmalloc-2k", (0.02 + 0.05 * boot) * GIB);
    figures.put(SnapshotFigures.SWAP_USED, 0.3 * GIB * warm);
    figures.put(SnapshotFigures.PRESSURE_FULL, 5.0);
    figures.put(SnapshotFigures.HIGH_ORDER_FREE, 9_000 - 5_500 * warm);
    figures.put(SnapshotFigures.COMPACT_FAIL, 10 * t);
    return figures;
  }

  private static Map<String, Long> noisy(Map<String, Double> figures, Random random) {
    Map<String, Long> values = new TreeMap<>();
    double used = 0;
    for (Map.Entry<String, Double> figure : figures.entrySet()) {
      boolean counter = figure.getKey().equals(SnapshotFigures.COMPACT_FAIL);
      double value = figure.getValue() * (counter ? 1 : 1 + 0.02 * random.nextGaussian());
      boolean memory =
          figure.getKey().equals("anon")
              || figure.getKey().equals(SnapshotFigures.KERNEL_STACK)
              || figure.getKey().equals(SnapshotFigures.UNRECLAIMABLE_SLAB)
              || figure.getKey().equals(SnapshotFigures.PAGE_TABLES)
              || figure.getKey().equals(SnapshotFigures.SHMEM)
              || figure.getKey().equals(SnapshotFigures.UNACCOUNTED);
      used += memory ? value : 0;
      if (!figure.getKey().equals("anon")) {
        values.put(figure.getKey(), Math.max(0, Math.round(value)));
      }
    }
    values.put(SnapshotFigures.MANAGED, (long) MEMORY);
    values.put(SnapshotFigures.SWAP_TOTAL, (long) SWAP);
    values.merge(SnapshotFigures.SWAP_USED, (long) SWAP, Math::min);
    values.put(SnapshotFigures.AVAILABLE, Math.max(0, Math.round(MEMORY - used)));
    values.put(SnapshotFigures.FREE, Math.max(0, Math.round((MEMORY - used) * 0.3)));
    return values;
  }

  static MachineSample sample(double minutes, Map<String, Long> values) {
    long at = START + Math.round(minutes * MINUTE);
    return new MachineSample(
        "db1",
        new Host("db1", null, null, null, null, null),
        at,
        at,
        "s" + at,
        "b1",
        Map.copyOf(values),
        null,
        0);
  }
}

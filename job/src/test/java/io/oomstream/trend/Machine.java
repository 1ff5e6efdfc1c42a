package io.oomstream.trend;

import io.oomstream.event.Host;
import io.oomstream.snapshot.Figures;
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
      if (samples.get(i).values().getOrDefault(Figures.AVAILABLE, 1L) <= 0) {
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
    figures.put(Figures.KERNEL_STACK, 0.02 * GIB + 0.05 * GIB * boot * tide);
    figures.put(Measures.TASK_STRUCT, 0.01 * GIB + 0.04 * GIB * boot * tide);
    figures.put(Figures.UNRECLAIMABLE_SLAB, (0.3 + 0.7 * boot + 0.4 * warm) * GIB);
    figures.put(Figures.PAGE_TABLES, (0.05 + 0.2 * boot * tide) * GIB);
    figures.put(Figures.SHMEM, (0.2 + 0.6 * boot) * GIB);
    figures.put(Figures.UNACCOUNTED, (0.8 + 0.2 * boot) * GIB);
    figures.put("cache:dentry", (0.1 + 4 * warm) * GIB);
    figures.put("cache:xfs_inode", (0.1 + 5 * warm) * GIB);
    figures.put("cache:kmalloc-512", (0.05 + 0.1 * boot) * GIB);
    figures.put("cache:kmalloc-2k", (0.02 + 0.05 * boot) * GIB);
    figures.put(Figures.SWAP_USED, 0.3 * GIB * warm);
    figures.put(Figures.PRESSURE_FULL, 5.0);
    figures.put(Figures.HIGH_ORDER_FREE, 9_000 - 5_500 * warm);
    figures.put(Figures.COMPACT_FAIL, 10 * t);
    return figures;
  }

  private static Map<String, Long> noisy(Map<String, Double> figures, Random random) {
    Map<String, Long> values = new TreeMap<>();
    double used = 0;
    for (Map.Entry<String, Double> figure : figures.entrySet()) {
      boolean counter = figure.getKey().equals(Figures.COMPACT_FAIL);
      double value = figure.getValue() * (counter ? 1 : 1 + 0.02 * random.nextGaussian());
      boolean memory =
          figure.getKey().equals("anon")
              || figure.getKey().equals(Figures.KERNEL_STACK)
              || figure.getKey().equals(Figures.UNRECLAIMABLE_SLAB)
              || figure.getKey().equals(Figures.PAGE_TABLES)
              || figure.getKey().equals(Figures.SHMEM)
              || figure.getKey().equals(Figures.UNACCOUNTED);
      used += memory ? value : 0;
      if (!figure.getKey().equals("anon")) {
        values.put(figure.getKey(), Math.max(0, Math.round(value)));
      }
    }
    values.put(Figures.MANAGED, (long) MEMORY);
    values.put(Figures.SWAP_TOTAL, (long) SWAP);
    values.merge(Figures.SWAP_USED, (long) SWAP, Math::min);
    values.put(Figures.AVAILABLE, Math.max(0, Math.round(MEMORY - used)));
    values.put(Figures.FREE, Math.max(0, Math.round((MEMORY - used) * 0.3)));
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

package io.oomstream.trend;

import io.oomstream.event.SignalKind;
import io.oomstream.lab.LabLogs;
import io.oomstream.lab.LabSnapshots;
import io.oomstream.snapshot.SnapshotDecoder;
import io.oomstream.snapshot.SnapshotFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the detectors are held against. */
final class Scenarios {

  private static final int DAY = 24 * 60;
  private static final double GIB = Machine.GIB;

  private Scenarios() {}

  static List<Scenario> lab() {
    List<Scenario> scenarios = new ArrayList<>();
    for (String kernel : LabLogs.KERNELS) {
      for (String name : LabSnapshots.scenarios(kernel)) {
        List<MachineSample> samples = new ArrayList<>();
        Long kill = null;
        long counted = 0;
        for (LabSnapshots.LabSnapshot snapshot : LabSnapshots.of(kernel, name)) {
          SnapshotDecoder.Decoded decoded =
              SnapshotDecoder.decode(LabSnapshots.envelope("lab", snapshot, 0, 0), null);
          MachineSample sample = Measures.of(decoded.snapshots().get(0));
          samples.add(sample);
          long count = sample.oomKills() == null ? 0 : sample.oomKills();
          kill = kill == null && count > counted ? Long.valueOf(sample.measuredMs()) : kill;
          counted = count;
        }
        scenarios.add(
            new Scenario("lab " + kernel + " " + name, expected(kernel, name), samples, kill));
      }
    }
    return scenarios;
  }

  private static @Nullable SignalKind expected(String kernel, String name) {
    return switch (name) {
      case "12-slab-leak" -> SignalKind.SLAB_GROWTH;
      case "21-growth" -> SignalKind.TASK_STRUCT_SLAB_GROWTH;
      // There the free pieces were small for two snapshots only.
      case "11-order-failure" ->
          kernel.contains("686") || kernel.contains("arm64") ? null : SignalKind.FRAGMENTATION;
      default -> null;
    };
  }

  static List<Scenario> healthy() {
    return List.of(
        healthy("boot, warm caches, the day's tide", (t, f, r) -> {}),
        healthy(
            "caches warm for a day, reclaimable",
            (t, f, r) -> {
              add(f, "cache:dentry", 8 * (1 - Math.exp(-t / 600)));
              add(f, "cache:ext4_inode_cache", 12 * (1 - Math.exp(-t / 600)));
            }),
        healthy(
            "log rotation every hour",
            (t, f, r) -> {
              add(f, SnapshotFigures.SHMEM, 1.5 * (t % 60) / 60);
              add(f, "cache:dentry", 0.5 * (t % 60) / 60);
            }),
        healthy(
            "batch job, a saw-tooth of two hours",
            (t, f, r) -> {
              double rise = t % 120 / 120;
              add(f, "anon", 20 * rise);
              add(f, SnapshotFigures.PAGE_TABLES, 1.5 * rise);
              add(f, SnapshotFigures.SHMEM, 6 * rise);
              add(f, SnapshotFigures.SWAP_USED, 2 * rise);
            }),
        healthy(
            "batch job, a saw-tooth of eight hours",
            (t, f, r) -> {
              double rise = t % 480 / 480;
              add(f, "anon", 15 * rise);
              add(f, SnapshotFigures.PAGE_TABLES, 2.5 * rise);
              add(f, SnapshotFigures.SHMEM, 6 * rise);
            }),
        healthy(
            "cron every hour: many tasks, pressure, fragments",
            (t, f, r) -> {
              if (t % 60 < 2) {
                add(f, Measures.TASK_STRUCT, 0.6);
                add(f, SnapshotFigures.KERNEL_STACK, 1.4);
                add(f, SnapshotFigures.UNRECLAIMABLE_SLAB, 1);
                f.put(SnapshotFigures.PRESSURE_FULL, 2_500.0);
                f.put(SnapshotFigures.HIGH_ORDER_FREE, 700.0);
              }
            }),
        healthy(
            "deployment: 30 % more of everything at noon, for good",
            (t, f, r) -> {
              if (t > 720) {
                f.replaceAll((name, value) -> name.startsWith("compact") ? value : value * 1.3);
              }
            }));
  }

  static List<Scenario> leaks() {
    return List.of(
        leak(
            "linear leak of task structures",
            SignalKind.TASK_STRUCT_SLAB_GROWTH,
            2 * DAY,
            (t, f, r) -> tasks(f, t / 1_200)),
        leak(
            "slow leak of a slab cache, six days",
            SignalKind.SLAB_GROWTH,
            8 * DAY,
            (t, f, r) -> slab(f, 36 * t / (6 * DAY))),
        leak(
            "fast leak of a slab cache, half an hour, after a quiet day",
            SignalKind.SLAB_GROWTH,
            DAY + 60,
            (t, f, r) -> slab(f, 36 * Math.max(0, t - DAY) / 30)),
        leak(
            "step leak of a slab cache, a step each hour",
            SignalKind.SLAB_GROWTH,
            3 * DAY,
            (t, f, r) -> slab(f, Math.floor(t / 60))),
        leak(
            "noisy leak of a slab cache",
            SignalKind.SLAB_GROWTH,
            3 * DAY,
            (t, f, r) -> slab(f, Math.max(0, t / 60 * (1 + 0.2 * r.nextGaussian())))),
        leak(
            "leak of a slab cache with a restart of its owner",
            SignalKind.SLAB_GROWTH,
            3 * DAY,
            (t, f, r) -> slab(f, (t < 360 ? t : t - 360) / 60)),
        leak(
            "leak of page tables",
            SignalKind.MEMORY_GROWTH,
            2 * DAY,
            (t, f, r) -> add(f, SnapshotFigures.PAGE_TABLES, 36 * t / 1_200)),
        leak(
            "leak of a driver's pages",
            SignalKind.MEMORY_GROWTH,
            2 * DAY,
            (t, f, r) -> add(f, SnapshotFigures.UNACCOUNTED, 36 * t / 1_500)),
        leak(
            "files on tmpfs that nobody removes",
            SignalKind.MEMORY_GROWTH,
            2 * DAY,
            (t, f, r) -> add(f, SnapshotFigures.SHMEM, 36 * t / 1_000)),
        leak(
            "swap fills, then memory",
            SignalKind.MEMORY_GROWTH,
            2 * DAY,
            (t, f, r) -> {
              add(f, SnapshotFigures.SWAP_USED, Math.min(8, t / 90));
              add(f, "anon", Math.max(0, 40 * (t - 720) / 300));
            }),
        leak(
            "thrashing before the kill",
            SignalKind.MEMORY_PRESSURE,
            DAY,
            (t, f, r) -> {
              f.put(SnapshotFigures.PRESSURE_FULL, Math.min(6_000, Math.max(5, (t - 600) * 40)));
              add(f, "anon", Math.max(0, 40 * (t - 600) / 90));
            }));
  }

  private static Scenario healthy(String name, Machine.Load load) {
    return new Scenario(name, null, Machine.samples(DAY, 1, name.hashCode(), load), null);
  }

  /** Ends when memory does. */
  private static Scenario leak(String name, SignalKind expected, int minutes, Machine.Load load) {
    int step = minutes > 2 * DAY ? 5 : 1;
    List<MachineSample> samples = Machine.samples(minutes, step, name.hashCode(), load);
    int end = Machine.exhausted(samples);
    if (end < 0) {
      throw new AssertionError(name + " has no end");
    }
    return new Scenario(name, expected, samples.subList(0, end), samples.get(end).measuredMs());
  }

  private static void add(Map<String, Double> figures, String name, double gib) {
    figures.merge(name, gib * GIB, Double::sum);
  }

  private static void slab(Map<String, Double> figures, double gib) {
    add(figures, "cache:kmalloc-2k", gib);
    add(figures, SnapshotFigures.UNRECLAIMABLE_SLAB, gib);
  }

  /** Each GiB of task structures comes with two of stacks and one of other slab and page tables. */
  private static void tasks(Map<String, Double> figures, double gib) {
    add(figures, Measures.TASK_STRUCT, 8 * gib);
    add(figures, SnapshotFigures.KERNEL_STACK, 18 * gib);
    add(figures, SnapshotFigures.UNRECLAIMABLE_SLAB, 12 * gib);
    add(figures, SnapshotFigures.PAGE_TABLES, 6 * gib);
  }
}

package io.oomstream.cli.report;

import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.snapshot.Snapshot;
import io.oomstream.snapshot.SnapshotFigures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Copies of {@code /proc} files in sentences: what is left, what slab holds, what grew between the
 * first and the last, what the zones hold back.
 */
public final class SnapshotStory {

  private static final int CACHES = 5;
  private static final int GROWN = 3;
  private static final int GROUPS = 5;
  private static final String TASK_STRUCT = "task_struct";

  /** At or under it memory or swap is as good as used up. */
  private static final double LOW = 0.01;

  private final Messages words;
  private final List<String> sentences = new ArrayList<>();

  private SnapshotStory(Messages words) {
    this.words = words;
  }

  /**
   * The sentences of one host.
   *
   * @param moments of the host, in order of time
   * @param reserved what a report of the same host calls reserved memory; null if there is none
   */
  public static List<String> of(List<Snapshot> moments, @Nullable Long reserved, Messages words) {
    SnapshotStory story = new SnapshotStory(words);
    Snapshot last = moments.get(moments.size() - 1);
    story.levels(last);
    story.slab(last);
    if (moments.size() > 1) {
      story.growth(moments.get(0), last);
    }
    story.zones(last, reserved);
    story.groups(last);
    return List.copyOf(story.sentences);
  }

  private void say(String key, Object... namesAndValues) {
    sentences.add(words.text(key, namesAndValues));
  }

  private void levels(Snapshot last) {
    Long managed = last.values().get(SnapshotFigures.MANAGED);
    left("snapshot.free", last.values().get(SnapshotFigures.FREE), managed);
    left("snapshot.available", last.values().get(SnapshotFigures.AVAILABLE), managed);
    Long swap = last.values().get(SnapshotFigures.SWAP_TOTAL);
    Long used = last.values().get(SnapshotFigures.SWAP_USED);
    if (swap != null && swap == 0) {
      say("snapshot.no-swap");
    } else if (swap != null && used != null) {
      left("snapshot.swap", swap - used, swap);
    }
    Long pressure = last.values().get(SnapshotFigures.PRESSURE_FULL);
    if (pressure != null) {
      say("snapshot.pressure", "share", HumanUnits.percent(pressure / 10_000.0));
    }
  }

  private void left(String key, @Nullable Long bytes, @Nullable Long whole) {
    if (bytes == null || whole == null || whole <= 0) {
      return;
    }
    double share = (double) bytes / whole;
    say(
        key,
        "bytes",
        HumanUnits.bytes(bytes),
        "whole",
        HumanUnits.bytes(whole),
        "share",
        HumanUnits.percent(share),
        "verdict",
        words.text(share <= LOW ? "snapshot.at-or-under" : "snapshot.over"));
  }

  private void slab(Snapshot last) {
    Long unreclaimable = last.values().get(SnapshotFigures.UNRECLAIMABLE_SLAB);
    Long managed = last.values().get(SnapshotFigures.MANAGED);
    if (unreclaimable != null && managed != null && managed > 0) {
      say(
          "snapshot.slab",
          "bytes",
          HumanUnits.bytes(unreclaimable),
          "share",
          HumanUnits.percent((double) unreclaimable / managed));
    }
    if (last.caches().isEmpty()) {
      return;
    }
    long all = last.caches().values().stream().mapToLong(Long::longValue).sum();
    List<String> largest =
        last.caches().entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(CACHES)
            .map(cache -> cache.getKey() + " " + HumanUnits.bytes(cache.getValue()))
            .toList();
    say(
        "snapshot.caches",
        "bytes",
        HumanUnits.bytes(all),
        "largest",
        String.join(words.text("list.separator"), largest));
    Long tasks = last.caches().get(TASK_STRUCT);
    if (tasks != null) {
      say("snapshot.task-struct", "bytes", HumanUnits.bytes(tasks));
    }
  }

  private void growth(Snapshot first, Snapshot last) {
    String minutes = String.valueOf((last.measuredMs() - first.measuredMs()) / 60_000);
    List<Map.Entry<String, Long>> grown =
        last.caches().entrySet().stream()
            .filter(cache -> first.caches().containsKey(cache.getKey()))
            .map(
                cache ->
                    Map.entry(
                        cache.getKey(),
                        cache.getValue()
                            - Objects.requireNonNull(first.caches().get(cache.getKey()))))
            .filter(cache -> cache.getValue() > 0)
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    for (int i = 0; i < grown.size(); i++) {
      if (i < GROWN || grown.get(i).getKey().equals(TASK_STRUCT)) {
        String name = grown.get(i).getKey();
        grew(name, first.caches().get(name), last.caches().get(name), minutes);
      }
    }
    for (String name :
        List.of(
            SnapshotFigures.PAGE_TABLES,
            SnapshotFigures.KERNEL_STACK,
            SnapshotFigures.UNRECLAIMABLE_SLAB,
            SnapshotFigures.SHMEM,
            SnapshotFigures.UNACCOUNTED)) {
      Long before = first.values().get(name);
      Long after = last.values().get(name);
      if (before != null && after != null && after > before) {
        grew(name, before, after, minutes);
      }
    }
    if (!first.caches().isEmpty() && !last.caches().isEmpty() && grown.isEmpty()) {
      say("snapshot.nothing-grew", "minutes", minutes);
    }
  }

  private void grew(String name, @Nullable Long before, @Nullable Long after, String minutes) {
    String from = HumanUnits.bytes(before == null ? 0 : before);
    String to = HumanUnits.bytes(after == null ? 0 : after);
    if (!from.equals(to)) {
      say("snapshot.grew", "what", name, "before", from, "after", to, "minutes", minutes);
    }
  }

  /** What the zones have and do not manage is the log's reserved memory. */
  private void zones(Snapshot last, @Nullable Long reserved) {
    Long held = last.zoneReservedBytes();
    if (held == null) {
      return;
    }
    if (reserved == null) {
      say("snapshot.reserved", "bytes", HumanUnits.bytes(held));
    } else if (reserved.equals(held)) {
      say("snapshot.reserved.same", "bytes", HumanUnits.bytes(held));
    } else {
      say(
          "snapshot.reserved.other",
          "bytes",
          HumanUnits.bytes(held),
          "log",
          HumanUnits.bytes(reserved),
          "difference",
          HumanUnits.bytes(Math.abs(held - reserved)));
    }
  }

  private void groups(Snapshot last) {
    last.cgroups().entrySet().stream()
        .sorted(
            Comparator.comparingLong(
                    (Map.Entry<String, Snapshot.Cgroup> e) -> kills(e.getValue()) * -1)
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(GROUPS)
        .forEach(group -> group(group.getKey(), group.getValue()));
  }

  private static long kills(Snapshot.Cgroup group) {
    return group.events().getOrDefault("oom_kill", 0L);
  }

  private void group(String path, Snapshot.Cgroup group) {
    Map<String, Long> stat = group.stat();
    Long anon = stat.containsKey("anon") ? stat.get("anon") : stat.get("rss");
    Long file = stat.containsKey("file") ? stat.get("file") : stat.get("cache");
    if (anon != null) {
      Long kernel = stat.containsKey("kernel") ? stat.get("kernel") : stat.get("slab");
      say(
          "snapshot.group",
          "group",
          ShortPath.of(path),
          "anon",
          HumanUnits.bytes(anon),
          "file",
          HumanUnits.bytes(file == null ? 0 : file),
          "kernel",
          HumanUnits.bytes(kernel == null ? 0 : kernel));
    }
    Long max = group.events().get("max");
    Long killed = group.events().get("oom_kill");
    if (max != null && killed != null) {
      say("snapshot.group.events", "group", ShortPath.of(path), "max", max, "kills", killed);
    }
  }
}

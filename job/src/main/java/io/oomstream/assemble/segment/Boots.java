package io.oomstream.assemble.segment;

import io.oomstream.format.line.KernelLine;
import io.oomstream.kernel.LineRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Divides one host's lines by boot. The envelope's boot id decides. Lines without one are read by
 * record time: the kernel's first line begins a boot, and so does a kernel clock that falls back by
 * more than any shipper reorders. A straggler of the previous boot is recognized by its clock. If
 * only some lines of a host have a boot id (two shippers), the lines without one join the boot of
 * their time.
 */
final class Boots {

  /** Longer than any reordering within the settling time. */
  private static final long CLOCK_FALL_US = 30_000_000;

  /** How much more the times of two records can differ than the kernel times of their lines. */
  private static final long CLOCK_JITTER_MS = 1_000;

  private Boots() {}

  /** The lines of each boot, the earliest boot first. */
  static List<List<ClassifiedLine>> of(List<ClassifiedLine> lines) {
    Map<String, List<ClassifiedLine>> named = new LinkedHashMap<>();
    List<ClassifiedLine> nameless = new ArrayList<>();
    for (ClassifiedLine line : lines) {
      String id = line.line().bootId();
      if (id == null) {
        nameless.add(line);
      } else {
        named.computeIfAbsent(id, b -> new ArrayList<>()).add(line);
      }
    }
    List<List<ClassifiedLine>> boots = ordered(new ArrayList<>(named.values()));
    if (nameless.isEmpty()) {
      return boots;
    }
    List<List<ClassifiedLine>> found = byClock(nameless);
    if (boots.isEmpty()) {
      return found;
    }
    for (List<ClassifiedLine> part : found) {
      boots.get(indexAt(boots, firstTimestamp(part))).addAll(part);
    }
    return boots;
  }

  private static List<List<ClassifiedLine>> byClock(List<ClassifiedLine> nameless) {
    List<ClassifiedLine> lines = new ArrayList<>(nameless);
    lines.sort(LineOrder.BY_RECORD);
    List<Boot> boots = new ArrayList<>();
    Boot before = null;
    Boot boot = new Boot();
    boots.add(boot);
    for (ClassifiedLine line : lines) {
      if (boot.isOver(line)) {
        before = boot;
        boot = new Boot();
        boots.add(boot);
      }
      if (before != null && before.hasStraggler(line, boot)) {
        before.add(line);
      } else {
        boot.add(line);
      }
    }
    List<List<ClassifiedLine>> found = new ArrayList<>();
    boots.forEach(b -> found.add(b.lines));
    return found;
  }

  /** A boot's lines and its clock. */
  private static final class Boot {
    final List<ClassifiedLine> lines = new ArrayList<>();
    private @Nullable KernelLine first;
    private boolean onlyMarkers = true;
    private boolean beforeMarker = true;
    private long newestUs = Long.MIN_VALUE;

    void add(ClassifiedLine line) {
      lines.add(line);
      onlyMarkers &= line.rule() == LineRule.BOOT;
      beforeMarker &= line.rule() != LineRule.BOOT && isAtZero(line);
      Long time = line.line().kernelTimeUs();
      if (time != null) {
        first = first == null ? line.line() : first;
        newestUs = Math.max(newestUs, time);
      }
    }

    /** Whether the kernel's clock does not run yet. */
    private static boolean isAtZero(ClassifiedLine line) {
      Long time = line.line().kernelTimeUs();
      return time != null && time == 0;
    }

    /** Whether the line begins another boot. */
    boolean isOver(ClassifiedLine line) {
      if (lines.isEmpty()) {
        return false;
      }
      if (line.rule() == LineRule.BOOT && beforeMarker && isAtZero(line)) {
        return false; // arm64 prints a line before it: arch/arm64/kernel/setup.c,
        // smp_setup_processor_id
      }
      if (line.rule() == LineRule.BOOT) {
        ClassifiedLine last = lines.get(lines.size() - 1);
        return !onlyMarkers || !last.text().equals(line.text());
      }
      Long time = line.line().kernelTimeUs();
      return time != null && newestUs != Long.MIN_VALUE && time < newestUs - CLOCK_FALL_US;
    }

    /**
     * Whether the line belongs to this boot although the next has begun: its time continues this
     * boot's clock, and the next boot's clock can't have reached it.
     */
    boolean hasStraggler(ClassifiedLine line, Boot next) {
      Long time = line.line().kernelTimeUs();
      KernelLine start = next.first;
      Long startUs = start == null ? null : start.kernelTimeUs();
      if (time == null || start == null || startUs == null || newestUs == Long.MIN_VALUE) {
        return false;
      }
      long passedMs = line.line().timestamp() - start.timestamp();
      return Math.abs(time - newestUs) < CLOCK_FALL_US
          && (time - startUs) / 1000 > passedMs + CLOCK_JITTER_MS;
    }
  }

  private static List<List<ClassifiedLine>> ordered(List<List<ClassifiedLine>> boots) {
    boots.sort(
        Comparator.comparingLong(Boots::firstTimestamp)
            .thenComparing(
                boot -> boot.stream().min(LineOrder.BY_POSITION).orElseThrow(),
                LineOrder.BY_POSITION));
    return boots;
  }

  private static int indexAt(List<List<ClassifiedLine>> boots, long timestamp) {
    int index = 0;
    for (int i = 1; i < boots.size(); i++) {
      if (firstTimestamp(boots.get(i)) <= timestamp) {
        index = i;
      }
    }
    return index;
  }

  private static long firstTimestamp(List<ClassifiedLine> boot) {
    return boot.stream().mapToLong(l -> l.line().timestamp()).min().orElse(0);
  }
}

package io.oomstream.assemble.segment;

import io.oomstream.format.line.KernelLine;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Role;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds lines of one boot that were delivered more than once: after a restart a shipper reads
 * again, and a host may have two shippers.
 *
 * <p>Two lines with equal sequence number, time and text are the same line. So are a line with and
 * a line without a sequence number if their kernel time and text are equal. Lines without sequence
 * numbers are compared by time and text, but only those that the kernel writes once in a block:
 * frames and lowmem_reserve lines repeat by nature.
 *
 * <p>Lines with a wall clock only are repeats if another source, a second file or topic, has as
 * many of them: syslog writes one line into {@code kern.log} and into {@code syslog}. One source
 * may hold both, one behind the other ({@link Copies}).
 */
final class Duplicates {

  private Duplicates() {}

  /** The identity of a line with a sequence number. */
  private record Numbered(long sequence, @Nullable Long timeUs, int fragment, String text) {}

  /** The identity of a line without a sequence number. */
  private record Timed(long timeUs, String text) {}

  /** What a line with a wall clock only is known by. */
  private record Clocked(long timeUs, String text) {}

  /** How often a line was there in the sources before, and how often it is in this one. */
  private static final class Seen {
    private String topic = "";
    private int before;
    private int here;

    /** Whether a source before this one has the line as often. */
    boolean isRepeat(String source) {
      if (!source.equals(topic)) {
        before = Math.max(before, here);
        here = 0;
        topic = source;
      }
      here++;
      return here <= before;
    }
  }

  /** Whether two lines are from one record: these are never the same line. */
  private static boolean areSiblings(KernelLine one, KernelLine two) {
    return one.offset() == two.offset()
        && one.partition() == two.partition()
        && one.topic().equals(two.topic())
        && one.index() != two.index();
  }

  /** The lines without the repeated ones, which are added to {@code duplicates}. */
  static List<ClassifiedLine> removed(List<ClassifiedLine> boot, List<ClassifiedLine> duplicates) {
    List<ClassifiedLine> lines = new ArrayList<>(boot);
    lines.sort(LineOrder.BY_POSITION);
    Map<Numbered, KernelLine> numbered = new HashMap<>();
    Set<Timed> times = new HashSet<>();
    List<ClassifiedLine> kept = new ArrayList<>(lines.size());
    Set<ClassifiedLine> repeats = Collections.newSetFromMap(new IdentityHashMap<>());
    for (ClassifiedLine line : lines) {
      KernelLine own = line.line();
      Long sequence = own.sequence();
      if (sequence == null) {
        continue;
      }
      Long time = own.kernelTimeUs();
      KernelLine first =
          numbered.putIfAbsent(
              new Numbered(sequence, time, LineOrder.fragment(own), own.text()), own);
      if (first != null && !areSiblings(first, own)) {
        repeats.add(line);
      }
      if (time != null) {
        times.add(new Timed(time, own.text()));
      }
    }
    repeats.addAll(Copies.in(lines));
    Map<Timed, KernelLine> timed = new HashMap<>();
    Map<Clocked, Seen> clocked = new HashMap<>();
    for (ClassifiedLine line : lines) {
      if (line.line().sequence() == null && repeatsByTime(line, times, timed)) {
        repeats.add(line);
      }
      if (repeatsByClock(line.line(), clocked)) {
        repeats.add(line);
      }
      if (repeats.contains(line)) {
        duplicates.add(line);
      } else {
        kept.add(line);
      }
    }
    return kept;
  }

  private static boolean repeatsByClock(KernelLine line, Map<Clocked, Seen> clocked) {
    Long time = line.wallTimeUs();
    if (time == null || line.sequence() != null || line.kernelTimeUs() != null) {
      return false;
    }
    return clocked
        .computeIfAbsent(new Clocked(time, line.text()), k -> new Seen())
        .isRepeat(line.topic());
  }

  private static boolean repeatsByTime(
      ClassifiedLine line, Set<Timed> numbered, Map<Timed, KernelLine> timed) {
    Long time = line.line().kernelTimeUs();
    if (time == null) {
      return false;
    }
    Timed key = new Timed(time, line.text());
    if (numbered.contains(key)) {
      return true;
    }
    if (!isOncePerBlock(line.rule())) {
      return false;
    }
    KernelLine first = timed.putIfAbsent(key, line.line());
    return first != null && !areSiblings(first, line.line());
  }

  private static boolean isOncePerBlock(LineRule rule) {
    return rule.role() != Role.CONTEXT
        && rule != LineRule.LOWMEM_RESERVE
        && rule.section() != Section.SLAB_FAILURE;
  }
}

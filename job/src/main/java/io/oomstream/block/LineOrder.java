package io.oomstream.block;

import io.oomstream.format.KernelLine;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Role;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts one host's lines back into the order in which the kernel wrote them, and finds those that
 * were delivered twice.
 *
 * <p>Lines of different boots never mix. Within a boot the best key that all its lines have
 * decides: the kernel's sequence number, else the kernel's time, else the wall clock, else the
 * record's own time; ties keep the order of arrival (topic, partition, offset, place in the
 * record).
 */
public final class LineOrder {

  private static final Comparator<ClassifiedLine> BY_POSITION =
      Comparator.comparing((ClassifiedLine l) -> l.line().topic())
          .thenComparingInt(l -> l.line().partition())
          .thenComparingLong(l -> l.line().offset())
          .thenComparingInt(l -> l.line().index());

  private LineOrder() {}

  /**
   * Lines in order.
   *
   * @param boots the lines of each boot, the earliest boot first
   * @param duplicates deliveries of a line that is in {@code boots} already
   */
  public record Ordered(List<List<ClassifiedLine>> boots, List<ClassifiedLine> duplicates) {}

  /** Sorts; the input is not changed. */
  public static Ordered order(List<ClassifiedLine> lines) {
    List<ClassifiedLine> duplicates = new ArrayList<>();
    List<List<ClassifiedLine>> boots = new ArrayList<>();
    for (List<ClassifiedLine> boot : byBoot(lines)) {
      boots.add(withoutDuplicates(sorted(boot), duplicates));
    }
    return new Ordered(boots, duplicates);
  }

  private static List<List<ClassifiedLine>> byBoot(List<ClassifiedLine> lines) {
    List<KernelLine> markers =
        lines.stream()
            .filter(l -> l.rule() == LineRule.BOOT && l.line().bootId() == null)
            .map(ClassifiedLine::line)
            .toList();
    Map<String, List<ClassifiedLine>> boots = new HashMap<>();
    for (ClassifiedLine line : lines) {
      String id = line.line().bootId();
      String boot = id != null ? id : "#" + bootsBefore(line.line(), markers);
      boots.computeIfAbsent(boot, b -> new ArrayList<>()).add(line);
    }
    List<List<ClassifiedLine>> ordered = new ArrayList<>(boots.values());
    ordered.sort(
        Comparator.comparingLong(LineOrder::firstTimestamp)
            .thenComparing(boot -> firstByPosition(boot), BY_POSITION));
    return ordered;
  }

  /** Where the envelope has no boot id, the kernel's first line divides the boots. */
  private static int bootsBefore(KernelLine line, List<KernelLine> markers) {
    int count = 0;
    for (KernelLine marker : markers) {
      boolean samePartition =
          marker.topic().equals(line.topic()) && marker.partition() == line.partition();
      if (samePartition
          ? marker.offset() <= line.offset()
          : marker.timestamp() <= line.timestamp()) {
        count++;
      }
    }
    return count;
  }

  private static long firstTimestamp(List<ClassifiedLine> boot) {
    return boot.stream().mapToLong(l -> l.line().timestamp()).min().orElse(0);
  }

  private static ClassifiedLine firstByPosition(List<ClassifiedLine> boot) {
    return boot.stream().min(BY_POSITION).orElseThrow();
  }

  private static List<ClassifiedLine> sorted(List<ClassifiedLine> boot) {
    Comparator<ClassifiedLine> order;
    if (boot.stream().allMatch(l -> l.line().sequence() != null)) {
      order =
          Comparator.<ClassifiedLine>comparingLong(l -> orZero(l.line().sequence()))
              .thenComparingInt(l -> fragment(l.line()))
              .thenComparingInt(l -> l.line().index());
    } else if (boot.stream().allMatch(l -> l.line().kernelTimeUs() != null)) {
      order = Comparator.comparingLong(l -> orZero(l.line().kernelTimeUs()));
    } else if (boot.stream().allMatch(l -> l.line().wallTimeUs() != null)) {
      order = Comparator.comparingLong(l -> orZero(l.line().wallTimeUs()));
    } else {
      order = Comparator.comparingLong(l -> l.line().timestamp());
    }
    List<ClassifiedLine> sorted = new ArrayList<>(boot);
    sorted.sort(
        order
            .thenComparingLong(l -> l.line().sequence() == null ? l.line().timestamp() : 0L)
            .thenComparing(BY_POSITION));
    return sorted;
  }

  private static long orZero(@Nullable Long value) {
    return value == null ? 0 : value;
  }

  private static int fragment(KernelLine line) {
    Integer offset = line.fragmentOffset();
    return offset == null ? 0 : offset;
  }

  /**
   * A line with the sequence number or the kernel time and the text of another is the same line,
   * delivered again. By time alone only where the kernel writes a text once a report: frames and
   * lowmem_reserve lines repeat by nature.
   */
  private static List<ClassifiedLine> withoutDuplicates(
      List<ClassifiedLine> sorted, List<ClassifiedLine> duplicates) {
    List<ClassifiedLine> kept = new ArrayList<>(sorted.size());
    Set<String> seen = new HashSet<>();
    Long at = null;
    for (ClassifiedLine line : sorted) {
      KernelLine own = line.line();
      Long time = own.sequence() != null ? own.sequence() : own.kernelTimeUs();
      if (time == null || !time.equals(at)) {
        seen.clear();
        at = time;
      }
      boolean comparable = own.sequence() != null || (time != null && isOnceAReport(line.rule()));
      if (comparable && !seen.add(fragment(own) + "/" + own.index() + "/" + own.text())) {
        duplicates.add(line);
      } else {
        kept.add(line);
      }
    }
    return kept;
  }

  private static boolean isOnceAReport(LineRule rule) {
    return rule.role() != Role.CONTEXT
        && rule != LineRule.LOWMEM_RESERVE
        && rule.section() != Section.SLAB_FAILURE;
  }
}

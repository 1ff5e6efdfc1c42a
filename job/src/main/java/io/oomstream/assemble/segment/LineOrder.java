package io.oomstream.assemble.segment;

import io.oomstream.format.line.KernelLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts one host's lines back into the order in which the kernel wrote them, and finds those that
 * were delivered twice.
 *
 * <p>Lines of different boots never mix ({@link Boots}). Within a boot, lines are ordered by the
 * best key of their envelope: the kernel's sequence number, otherwise the kernel's time, otherwise
 * the wall clock, otherwise the record's time. Ties are broken by the next key, and last by
 * position (topic, partition, offset, index in the record). If lines have different keys, because a
 * host has two shippers or a collector adds its own lines, two lines are compared by the best key
 * that both have.
 */
public final class LineOrder {

  static final Comparator<ClassifiedLine> BY_POSITION =
      Comparator.comparing((ClassifiedLine l) -> l.line().topic())
          .thenComparingInt(l -> l.line().partition())
          .thenComparingLong(l -> l.line().offset())
          .thenComparingInt(l -> l.line().index());

  static final Comparator<ClassifiedLine> BY_RECORD =
      Comparator.comparingLong((ClassifiedLine l) -> l.line().timestamp())
          .thenComparing(BY_POSITION);

  private static final Comparator<ClassifiedLine> BY_WALL_TIME =
      Comparator.comparing(
              (ClassifiedLine l) -> l.line().wallTimeUs(),
              Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(BY_RECORD);

  private static final Comparator<ClassifiedLine> BY_KERNEL_TIME =
      Comparator.comparing(
              (ClassifiedLine l) -> l.line().kernelTimeUs(),
              Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(BY_WALL_TIME);

  private static final Comparator<ClassifiedLine> BY_SEQUENCE =
      Comparator.comparing(
              (ClassifiedLine l) -> l.line().sequence(),
              Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparingInt(l -> fragment(l.line()))
          .thenComparing(BY_KERNEL_TIME);

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
    for (List<ClassifiedLine> boot : Boots.of(lines)) {
      boots.add(sorted(Duplicates.removed(boot, duplicates)));
    }
    return new Ordered(boots, duplicates);
  }

  /** Lines that were delivered once, in no order; the repeats are added to {@code duplicates}. */
  public static List<ClassifiedLine> withoutRepeats(
      List<ClassifiedLine> lines, List<ClassifiedLine> duplicates) {
    return Duplicates.removed(lines, duplicates);
  }

  private static List<ClassifiedLine> sorted(List<ClassifiedLine> boot) {
    List<ClassifiedLine> bySequence = new ArrayList<>();
    List<ClassifiedLine> byKernelTime = new ArrayList<>();
    List<ClassifiedLine> byWallTime = new ArrayList<>();
    List<ClassifiedLine> byRecord = new ArrayList<>();
    for (ClassifiedLine line : boot) {
      KernelLine own = line.line();
      List<ClassifiedLine> domain =
          own.sequence() != null
              ? bySequence
              : own.kernelTimeUs() != null
                  ? byKernelTime
                  : own.wallTimeUs() != null ? byWallTime : byRecord;
      domain.add(line);
    }
    bySequence.sort(BY_SEQUENCE);
    byKernelTime.sort(BY_KERNEL_TIME);
    byWallTime.sort(BY_WALL_TIME);
    byRecord.sort(BY_RECORD);
    return merged(merged(bySequence, byKernelTime), merged(byWallTime, byRecord));
  }

  private static List<ClassifiedLine> merged(
      List<ClassifiedLine> better, List<ClassifiedLine> other) {
    if (other.isEmpty()) {
      return better;
    }
    List<ClassifiedLine> merged = new ArrayList<>(better.size() + other.size());
    int next = 0;
    for (ClassifiedLine line : better) {
      while (next < other.size() && isBefore(other.get(next), line)) {
        merged.add(other.get(next++));
      }
      merged.add(line);
    }
    merged.addAll(other.subList(next, other.size()));
    return merged;
  }

  private static boolean isBefore(ClassifiedLine one, ClassifiedLine two) {
    int byKernel = compared(one.line().kernelTimeUs(), two.line().kernelTimeUs());
    if (byKernel != 0) {
      return byKernel < 0;
    }
    int byWall = compared(one.line().wallTimeUs(), two.line().wallTimeUs());
    return byWall != 0 ? byWall < 0 : BY_RECORD.compare(one, two) < 0;
  }

  private static int compared(@Nullable Long one, @Nullable Long two) {
    return one == null || two == null ? 0 : Long.compare(one, two);
  }

  static int fragment(KernelLine line) {
    Integer offset = line.fragmentOffset();
    return offset == null ? 0 : offset;
  }
}

package io.oomstream.assemble.segment;

import io.oomstream.block.line.UserspaceKill;
import io.oomstream.format.line.KernelLine;
import io.oomstream.format.text.KmsgEscapes;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Role;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins lines that the kernel wrote as one: fragments of a netconsole record, a summary that was
 * longer than a record, and lines that a newline in a process name broke in text envelopes.
 */
final class LineJoiner {

  /**
   * A line this long may have been cut by the record limit ({@code kernel/printk/printk.c:
   * LOG_LINE_MAX}, 1024 less the prefix).
   */
  private static final int NEAR_RECORD_LIMIT = 900;

  /** systemd hears of it at once, and counts while it cleans up. */
  private static final long LONGEST_KILL_US = 10_000_000;

  private static final int MOST_BETWEEN = 16;

  private LineJoiner() {}

  /**
   * A whole line.
   *
   * @param sources the lines as they came
   */
  record Joined(ClassifiedLine line, List<ClassifiedLine> sources) {

    /** This and the next as one line. */
    Joined with(String glue, Joined next) {
      List<ClassifiedLine> all = new ArrayList<>(sources);
      all.addAll(next.sources);
      return new Joined(reclassified(line, line.text() + glue + next.line.text()), all);
    }
  }

  static List<Joined> join(List<ClassifiedLine> sorted) {
    return joinTails(NameNewlines.mend(joinFragments(sorted)));
  }

  private static List<Joined> joinFragments(List<ClassifiedLine> sorted) {
    List<Joined> joined = new ArrayList<>(sorted.size());
    for (int i = 0; i < sorted.size(); i++) {
      ClassifiedLine first = sorted.get(i);
      Integer offset = first.line().fragmentOffset();
      if (offset == null || offset > 0) {
        // A fragment without its head is never parsed by itself: a user can have written its text.
        joined.add(new Joined(first, List.of(first)));
        continue;
      }
      int from = i;
      StringBuilder text = new StringBuilder(first.text());
      while (i + 1 < sorted.size()
          && continues(first.line(), text.length(), sorted.get(i + 1).line())) {
        text.append(sorted.get(++i).text());
      }
      String whole = KmsgEscapes.unescape(text.toString());
      joined.add(new Joined(reclassified(first, whole), List.copyOf(sorted.subList(from, i + 1))));
    }
    return joined;
  }

  private static boolean continues(KernelLine first, int length, KernelLine next) {
    Integer offset = next.fragmentOffset();
    return offset != null
        && offset == length
        && first.sequence() != null
        && first.sequence().equals(next.sequence());
  }

  private static List<Joined> joinTails(List<Joined> lines) {
    List<Joined> joined = new ArrayList<>(lines.size());
    for (Joined next : lines) {
      if (next.line().rule() == LineRule.UNKNOWN) {
        joined.add(next);
        continue;
      }
      int last =
          next.line().rule() == LineRule.FAILURE_MODE
              ? lastFailure(joined, next.line())
              : lastKnown(joined);
      String glue = last < 0 ? null : glue(joined.get(last).line(), next.line());
      if (glue == null) {
        joined.add(next);
      } else {
        joined.set(last, joined.get(last).with(glue, next));
      }
    }
    return joined;
  }

  /** Where a failure is whose mode is still to come; other processors write between its pieces. */
  private static int lastFailure(List<Joined> joined, ClassifiedLine mode) {
    for (int i = joined.size() - 1; i >= Math.max(0, joined.size() - MOST_BETWEEN); i--) {
      ClassifiedLine line = joined.get(i).line();
      boolean begins = line.rule().section() == Section.FAILURE && line.rule().role() == Role.OPENS;
      if (begins && !line.text().contains(", mode:") && isOfSameTask(line, mode)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isOfSameTask(ClassifiedLine one, ClassifiedLine two) {
    String a = one.line().caller();
    String b = two.line().caller();
    return a == null || b == null || a.equals(b);
  }

  /** The last line with a rule: lines without one can be between two halves. */
  private static int lastKnown(List<Joined> joined) {
    int last = joined.size() - 1;
    while (last >= 0 && joined.get(last).line().rule() == LineRule.UNKNOWN) {
      last--;
    }
    return last;
  }

  /**
   * The text between the two halves; null if they are not halves of one line. A newline can only be
   * in the process name, which is the line's last text.
   */
  private static @Nullable String glue(ClassifiedLine head, ClassifiedLine tail) {
    if (tail.rule() == LineRule.SUMMARY_TAIL
        && head.rule() == LineRule.SUMMARY
        && !hasUid(head.text())) {
      boolean cutInName = head.text().contains(",task=");
      return cutInName && head.text().length() < NEAR_RECORD_LIMIT ? "\n" : "";
    }
    if (tail.rule() == LineRule.KILLED_TAIL
        && head.rule() == LineRule.KILLED
        && !head.text().contains(" total-vm:")) {
      return "\n";
    }
    if (tail.rule() == LineRule.NOHANG && head.rule() == LineRule.NOHANG_VICTIM) {
      return "\n"; // one has the process, the other its sizes
    }
    if (tail.rule() == LineRule.OOMD_COUNT) {
      return isCountOf(head, tail) ? "\n" : null;
    }
    boolean stall =
        tail.rule() == LineRule.FAILURE_MODE
            && head.rule().section() == Section.FAILURE
            && head.rule().role() == Role.OPENS
            && !head.text().contains(", mode:");
    return stall ? "" : null;
  }

  /** systemd-oomd says why it killed a group, systemd how many processes that were. */
  private static boolean isCountOf(ClassifiedLine head, ClassifiedLine tail) {
    UserspaceKill decided = UserspaceKill.parse(head.rule(), head.text());
    UserspaceKill counted = UserspaceKill.parse(tail.rule(), tail.text());
    boolean decision = head.rule() == LineRule.OOMD_PRESSURE || head.rule() == LineRule.OOMD_SWAP;
    Long one = head.line().wallTimeUs();
    Long two = tail.line().wallTimeUs();
    return decision
        && decided != null
        && counted != null
        && UserspaceKill.processes(head.text()) == null
        && (decided.subject().equals(counted.subject())
            || decided.subject().endsWith("/" + counted.subject()))
        && (one == null || two == null || two - one <= LONGEST_KILL_US);
  }

  private static boolean hasUid(String text) {
    int at = text.lastIndexOf(",uid=");
    return at >= 0
        && at + 5 < text.length()
        && text.substring(at + 5).chars().allMatch(c -> c == '-' || Character.isDigit(c));
  }

  private static ClassifiedLine reclassified(ClassifiedLine first, String text) {
    LineRule rule = Classifier.classify(text);
    return new ClassifiedLine(first.line().withText(text), rule == null ? first.rule() : rule);
  }
}

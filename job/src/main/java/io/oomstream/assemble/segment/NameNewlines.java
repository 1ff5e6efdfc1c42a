package io.oomstream.assemble.segment;

import io.oomstream.kernel.LineRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Joins the pieces of a record that a newline in a process name broke, in text envelopes that print
 * it as it is. Such pieces can't be recognized by their shape, but they have the time of their
 * record, and a name is short.
 */
final class NameNewlines {

  /** {@code include/linux/sched.h: TASK_COMM_LEN} less the zero at its end. */
  private static final int LONGEST_NAME = 15;

  private static final String TAINTED = "ainted";

  private NameNewlines() {}

  static List<LineJoiner.Joined> mend(List<LineJoiner.Joined> lines) {
    List<LineJoiner.Joined> mended = new ArrayList<>(lines.size());
    for (LineJoiner.Joined next : lines) {
      int last = mended.size() - 1;
      boolean halves =
          last >= 0
              && isOfOneMoment(mended.get(last).line(), next.line())
              && areHalves(mended.get(last).line(), next.line());
      if (halves) {
        mended.set(last, mended.get(last).with("\n", next));
      } else {
        mended.add(next);
      }
    }
    return mended;
  }

  private static boolean isOfOneMoment(ClassifiedLine head, ClassifiedLine tail) {
    Long moment = head.line().kernelTimeUs();
    return moment != null
        && moment.equals(tail.line().kernelTimeUs())
        && Objects.equals(head.line().sequence(), tail.line().sequence());
  }

  private static boolean areHalves(ClassifiedLine head, ClassifiedLine tail) {
    String text = head.text();
    if (head.rule() == LineRule.UNKNOWN) {
      int name = nameAtStart(tail);
      return name >= 0 && text.length() + 1 + name <= LONGEST_NAME;
    }
    if (tail.rule() != LineRule.UNKNOWN) {
      return false;
    }
    return switch (head.rule()) {
      case TASK_ROW -> nameAtEnd(text) + 1 + tail.text().length() <= LONGEST_NAME;
      case KILLED -> isCutName(text, " (", tail.text(), ")");
      case SUMMARY -> isCutName(text, ",task=", tail.text(), ",pid=");
      case CPU_HEADER -> isCutName(text, " Comm: ", tail.text(), TAINTED);
      default -> false;
    };
  }

  /**
   * Whether the head ends within the name after the words, and the tail continues the name.
   *
   * @param behind the kernel's text after the name
   */
  private static boolean isCutName(String head, String words, String tail, String behind) {
    int at = head.indexOf(words);
    int name = head.length() - at - words.length();
    if (at < 0 || name > LONGEST_NAME || head.indexOf(behind, at) >= 0) {
      return false;
    }
    int end = tail.indexOf(behind);
    return name + 1 + (end < 0 ? tail.length() : 0) <= LONGEST_NAME;
  }

  /**
   * Length of the name at the beginning of a block's first line; -1 if the line is no first line.
   */
  private static int nameAtStart(ClassifiedLine line) {
    return switch (line.rule()) {
      case INVOKED -> line.text().indexOf(" invoked oom-killer");
      case PAGE_ALLOCATION_FAILURE -> line.text().indexOf(": page allocation");
      default -> -1;
    };
  }

  /** Length of the text after the last number of a row. */
  private static int nameAtEnd(String row) {
    int at = row.indexOf(']') + 1;
    int name = at;
    while (at < row.length()) {
      int start = skip(row, at, ' ', ' ');
      int digits = start < row.length() && row.charAt(start) == '-' ? start + 1 : start;
      int end = skip(row, digits, '0', '9');
      if (end == digits || (end < row.length() && row.charAt(end) != ' ')) {
        return row.length() - start;
      }
      name = end;
      at = end;
    }
    return row.length() - name;
  }

  private static int skip(String text, int from, char first, char last) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= first && text.charAt(i) <= last) {
      i++;
    }
    return i;
  }
}

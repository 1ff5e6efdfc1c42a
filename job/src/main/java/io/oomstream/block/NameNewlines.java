package io.oomstream.block;

import io.oomstream.kernel.LineRule;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the pieces of a record together that a newline in a process name broke apart, where the text
 * form prints it as it is. Such pieces have no shape of their own; they bear the time of their
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
    return moment != null && moment.equals(tail.line().kernelTimeUs());
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
    int more = 1 + tail.text().length();
    return switch (head.rule()) {
      case TASK_ROW -> nameAtEnd(text) + more <= LONGEST_NAME;
      case KILLED -> !text.contains(" total-vm:") && more <= LONGEST_NAME;
      case SUMMARY -> {
        int name = text.indexOf(",task=");
        yield name >= 0 && text.length() - name - ",task=".length() + more <= LONGEST_NAME;
      }
      case CPU_HEADER ->
          !text.contains(TAINTED) && (tail.text().contains(TAINTED) || more <= LONGEST_NAME);
      default -> false;
    };
  }

  /** Length of the name that a report's first line begins with; -1 if this is none. */
  private static int nameAtStart(ClassifiedLine line) {
    return switch (line.rule()) {
      case INVOKED -> line.text().indexOf(" invoked oom-killer");
      case PAGE_ALLOCATION_FAILURE -> line.text().indexOf(": page allocation");
      default -> -1;
    };
  }

  /** Length of what stands behind the last number of a row. */
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

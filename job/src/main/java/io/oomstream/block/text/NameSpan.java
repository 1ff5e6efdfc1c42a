package io.oomstream.block.text;

import org.jspecify.annotations.Nullable;

/**
 * Where a line of a block prints a task's name, which the kernel cuts at 15 bytes ({@code
 * TASK_COMM_LEN} in {@code include/linux/sched.h}).
 *
 * @param start of the name
 * @param end after it
 */
public record NameSpan(int start, int end) {

  /** The most bytes that a name has. */
  public static final int LONGEST = 15;

  private static final String[] ENDS_AT_BEGIN = {" invoked oom-killer:", ": page allocation"};
  private static final String[] AFTER_BRACKET = {") total-vm:", "), ", ") "};
  private static final String[] AFTER_COMM = {" Not tainted", " Tainted:", " Kdump:"};
  private static final String COMM = "Comm: ";
  private static final String TASK = ",task=";
  private static final String PID = ",pid=";
  private static final String PROCESS = "process ";

  /** Null if the line prints none. */
  public static @Nullable NameSpan of(String text) {
    for (String after : ENDS_AT_BEGIN) {
      int end = text.indexOf(after);
      if (end > 0) {
        return new NameSpan(0, end);
      }
    }
    int task = text.lastIndexOf(TASK);
    if (task >= 0) {
      return upTo(text, task + TASK.length(), text.lastIndexOf(PID));
    }
    int comm = text.indexOf(COMM);
    if (comm >= 0) {
      return upToOne(text, comm + COMM.length(), AFTER_COMM);
    }
    int process = text.indexOf(PROCESS);
    int bracket = process < 0 ? -1 : text.indexOf('(', process);
    if (bracket >= 0) {
      return upToOne(text, bracket + 1, AFTER_BRACKET);
    }
    return row(text);
  }

  private static @Nullable NameSpan upToOne(String text, int start, String[] ends) {
    for (String end : ends) {
      NameSpan span = upTo(text, start, text.lastIndexOf(end));
      if (span != null) {
        return span;
      }
    }
    return null;
  }

  private static @Nullable NameSpan upTo(String text, int start, int end) {
    return end > start ? new NameSpan(start, end) : null;
  }

  /** {@code [ 119] 1000 119 684 … 0 name}: what follows the last of its figures. */
  private static @Nullable NameSpan row(String text) {
    int close = text.indexOf(']');
    if (!text.startsWith("[") || close < 0) {
      return null;
    }
    int at = close + 1;
    while (at < text.length()) {
      int word = at;
      while (word < text.length() && text.charAt(word) == ' ') {
        word++;
      }
      int end = word;
      while (end < text.length() && isOfFigure(text.charAt(end))) {
        end++;
      }
      if (end == word || (end < text.length() && text.charAt(end) != ' ')) {
        return upTo(text, word, text.length());
      }
      at = end;
    }
    return null;
  }

  private static boolean isOfFigure(char c) {
    return (c >= '0' && c <= '9') || c == '-';
  }
}

package io.oomstream.block.victim;

import io.oomstream.assemble.segment.CutMark;
import io.oomstream.block.text.Digits;
import org.jspecify.annotations.Nullable;

/**
 * One row of the task table as printed.
 *
 * @param bracketWidth between the brackets of the pid: 7 since 4.19, 5 before
 * @param numbersFrom behind the closing bracket
 */
record TaskRow(String text, long pid, int bracketWidth, boolean padded, int numbersFrom) {

  /** More columns than any kernel prints. */
  static final int MAX_COLUMNS = 16;

  static @Nullable TaskRow parse(String text) {
    int close = text.indexOf(']');
    int start = 1;
    while (start < close && text.charAt(start) == ' ') {
      start++;
    }
    Long pid = close < 2 ? null : Digits.at(text, start);
    if (pid == null || Digits.end(text, start) != close) {
      return null;
    }
    return new TaskRow(text, pid, close - 1, start > 1, close + 1);
  }

  /** How many numbers follow the bracket, each a word of its own. */
  int countNumbers() {
    int count = 0;
    int i = numbersFrom;
    while (count < MAX_COLUMNS) {
      int start = skipBlanks(i);
      int end = Digits.end(text, start);
      if (Digits.signed(text, start) == null || (end < text.length() && text.charAt(end) != ' ')) {
        return count;
      }
      count++;
      i = end;
    }
    return count;
  }

  /**
   * The first {@code count} numbers, each a word of its own.
   *
   * @param ends the place behind each number
   * @return null if there are fewer
   */
  long @Nullable [] numbers(int count, int[] ends) {
    long[] numbers = new long[count];
    int i = numbersFrom;
    for (int column = 0; column < count; column++) {
      int start = skipBlanks(i);
      Long number = Digits.signed(text, start);
      if (number == null || start == i) {
        return null;
      }
      numbers[column] = number;
      i = Digits.end(text, start);
      ends[column] = i;
    }
    // A name follows; where it does not, the last number may be cut.
    return i < text.length() && text.charAt(i) == ' ' ? numbers : null;
  }

  /**
   * Whether the row ends before its name: with the mark of a viewer that cuts lines ({@code ...} of
   * journalctl, {@code >} of less), or within its figures.
   */
  boolean isCut() {
    String rest = text.substring(afterNumbers()).trim();
    return rest.isEmpty() || CutMark.is(rest);
  }

  /** How many numbers are whole: the last may be cut if nothing follows it. */
  int countWhole() {
    int numbers = countNumbers();
    return afterNumbers() == text.length() ? Math.max(0, numbers - 1) : numbers;
  }

  private int afterNumbers() {
    int[] ends = new int[countNumbers()];
    int i = numbersFrom;
    for (int column = 0; column < ends.length; column++) {
      i = Digits.end(text, skipBlanks(i));
    }
    return i;
  }

  private int skipBlanks(int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    return i;
  }
}

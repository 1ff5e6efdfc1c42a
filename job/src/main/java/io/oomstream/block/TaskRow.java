package io.oomstream.block;

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

  private int skipBlanks(int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    return i;
  }
}

package io.oomstream.snapshot;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines, words and numbers of the kernel's tables. */
final class ProcText {

  private static final int LONGEST_NUMBER = 18;

  private ProcText() {}

  static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      int last = end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
      if (last > start) {
        lines.add(text.substring(start, last));
      }
      start = end + 1;
    }
    return lines;
  }

  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= line.length(); i++) {
      boolean space = i == line.length() || line.charAt(i) == ' ' || line.charAt(i) == '\t';
      if (space && start >= 0) {
        words.add(line.substring(start, i));
        start = -1;
      } else if (!space && start < 0) {
        start = i;
      }
    }
    return words;
  }

  /** Null for what is no plain number that fits; the kernel's counters may be negative. */
  static @Nullable Long number(String word) {
    int start = word.startsWith("-") ? 1 : 0;
    int digits = word.length() - start;
    if (digits < 1 || digits > LONGEST_NUMBER) {
      return null;
    }
    long value = 0;
    for (int i = start; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c < '0' || c > '9') {
        return null;
      }
      value = value * 10 + (c - '0');
    }
    return start == 1 ? -value : value;
  }

  /** Null where the product does not fit. */
  static @Nullable Long product(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    return (high == 0 && low >= 0) || (high == -1 && low < 0) ? low : null;
  }
}

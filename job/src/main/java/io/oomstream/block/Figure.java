package io.oomstream.block;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A number with a name: {@code free:235448kB}, {@code mapped:375}, {@code anon_thp: 0kB}.
 *
 * @param kilobytes whether kB or KB was printed behind it
 * @param last whether the text ends with the number: then it may be the beginning of a longer one
 */
record Figure(long value, boolean kilobytes, boolean last) {

  /** Bytes of a figure that is pages where no unit is printed. */
  @Nullable Long pagesOrKb(@Nullable Long pageSize) {
    return kilobytes ? Digits.times(value, Digits.KB) : Digits.times(value, pageSize);
  }

  /** Bytes where a unit is printed, else the plain number; null if the line may have been cut. */
  @Nullable Long countOrKb() {
    if (kilobytes) {
      return Digits.times(value, Digits.KB);
    }
    return last ? null : Long.valueOf(value);
  }

  /** The number behind the label, if its kB is there too: without it the number may be cut. */
  static @Nullable Long kilobytesAfter(String text, String label) {
    int at = text.indexOf(label);
    int from = at + label.length();
    while (at >= 0 && from < text.length() && text.charAt(from) == ' ') {
      from++;
    }
    boolean whole = at >= 0 && text.startsWith("kB", Digits.end(text, from));
    return whole ? Digits.at(text, from) : null;
  }

  /**
   * Every figure of a line by its name, in order. What is not of the form is passed over; the first
   * of equal names counts.
   */
  static Map<String, Figure> readAll(String text, int from) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    int i = from;
    while (i < text.length()) {
      if (isBlank(text.charAt(i))) {
        i++;
        continue;
      }
      int end = wordEnd(text, i);
      int colon = colonIn(text, i, end);
      if (colon > i) {
        String name = text.substring(i, colon);
        int value = colon + 1;
        if (value == end && end + 1 < text.length() && Digits.isDigit(text.charAt(end + 1))) {
          value = end + 1;
          end = wordEnd(text, value);
        }
        Long number = Digits.at(text, value);
        if (number != null) {
          int unit = Digits.end(text, value);
          boolean kb = text.startsWith("kB", unit) || text.startsWith("KB", unit);
          boolean last = unit == text.length();
          if (kb || last || isBlank(text.charAt(unit)) || text.charAt(unit) == ',') {
            figures.putIfAbsent(name, new Figure(number, kb, last));
          }
        }
      }
      i = end;
    }
    return figures;
  }

  private static int colonIn(String text, int from, int end) {
    for (int i = from; i < end; i++) {
      if (text.charAt(i) == ':') {
        return i;
      }
    }
    return -1;
  }

  private static int wordEnd(String text, int from) {
    int end = from;
    while (end < text.length() && !isBlank(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
  }
}

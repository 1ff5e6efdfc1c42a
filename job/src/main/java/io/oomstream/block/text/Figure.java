package io.oomstream.block.text;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A number with a name: {@code free:235448kB}, {@code mapped:375}, {@code anon_thp: 0kB}.
 *
 * @param kilobytes whether kB or KB was printed behind it
 * @param last whether the text ends with it: then a number without a unit may be the beginning of a
 *     longer one
 */
public record Figure(long value, boolean kilobytes, boolean last) {

  /** Bytes of a figure that is printed in pages; null if it has a unit, and so is another's. */
  @Nullable
  public Long pages(@Nullable Long pageSize) {
    return kilobytes || value < 0 ? null : Digits.times(value, pageSize);
  }

  /**
   * Bytes of a figure that is printed in kB; null if it is not: then it was cut, or is another's.
   */
  @Nullable
  public Long bytes() {
    return kilobytes && value >= 0 ? Digits.times(value, Digits.KB) : null;
  }

  /** A figure without a unit; null if the line may have been cut. */
  @Nullable
  public Long count() {
    return value < 0 ? null : signedCount();
  }

  /** The same of a user id or an adjustment. */
  @Nullable
  public Long signedCount() {
    return kilobytes || last ? null : Long.valueOf(value);
  }

  /** The number behind the label, if its kB is there too: without it the number may be cut. */
  public static @Nullable Long kilobytesAfter(String text, String label) {
    int at = text.indexOf(label);
    int from = at + label.length();
    while (at >= 0 && from < text.length() && text.charAt(from) == ' ') {
      from++;
    }
    int end = at < 0 ? -1 : Digits.end(text, from);
    boolean whole = end > 0 && text.startsWith("kB", end) && isEnd(text, end + 2);
    return whole ? Digits.at(text, from) : null;
  }

  /**
   * Every figure of a line by its name, in order. What is not of the form is passed over; the first
   * of equal names counts. A figure without a unit is none if a digit or nothing follows the blank
   * behind it: a byte within it was lost.
   */
  public static Map<String, Figure> readAll(String text, int from) {
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
        if (value == end
            && isWithBlank(name)
            && end + 1 < text.length()
            && Digits.isDigit(text.charAt(end + 1))) {
          value = end + 1;
          end = wordEnd(text, value);
        }
        Long number = Digits.signed(text, value);
        if (number != null) {
          int unit = Digits.end(text, value);
          boolean kb = text.startsWith("kB", unit) || text.startsWith("KB", unit);
          boolean last = kb ? unit + 2 == text.length() : unit == text.length();
          boolean plain = last || (isEnd(text, unit) && isWordBehindBlank(text, unit));
          boolean whole = kb ? isEnd(text, unit + 2) : plain;
          if (whole) {
            figures.putIfAbsent(name, new Figure(number, kb, last));
          }
        }
      }
      i = end;
    }
    return figures;
  }

  private static boolean isEnd(String text, int at) {
    return at == text.length() || isBlank(text.charAt(at)) || text.charAt(at) == ',';
  }

  /** Behind a figure without a unit another stands: what else stands there may be its end. */
  private static boolean isWordBehindBlank(String text, int at) {
    return at + 1 < text.length() && !Digits.isDigit(text.charAt(at + 1));
  }

  /** {@code anon_thp: 0kB}, 4.8 to 6.5. */
  private static boolean isWithBlank(String name) {
    return name.endsWith("_thp") || name.endsWith("_pmdmapped");
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

package io.oomstream.block.text;

import org.jspecify.annotations.Nullable;

/**
 * Decimal numbers as the kernel prints them, and their units. Works on the {@code String} of a kept
 * line, with signs and absent figures; {@code Ascii} scans the bytes of every line.
 */
public final class Digits {

  public static final long KB = 1024;

  /** More digits than a long can hold: what a negative counter looks like when printed unsigned. */
  private static final int MAX_DIGITS = 18;

  private Digits() {}

  /** Behind the number, with its sign, that begins at {@code from}. */
  public static int end(String text, int from) {
    int i = from < text.length() && text.charAt(from) == '-' ? from + 1 : from;
    while (i < text.length() && isDigit(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /**
   * The number at {@code from}; null if there is none or if it is no sane figure. What has a sign
   * is none: the kernel counts by unsigned numbers.
   */
  public static @Nullable Long at(String text, int from) {
    Long number = signed(text, from);
    return number == null || text.charAt(from) == '-' ? null : number;
  }

  /** The same of what the kernel prints with a sign: adjustments, user ids, sysrq's order of -1. */
  public static @Nullable Long signed(String text, int from) {
    if (from < 0 || from >= text.length()) {
      return null;
    }
    boolean negative = text.charAt(from) == '-';
    int start = negative ? from + 1 : from;
    int end = end(text, from);
    if (end == start || end - start > MAX_DIGITS) {
      return null;
    }
    long value = 0;
    for (int i = start; i < end; i++) {
      value = value * 10 + (text.charAt(i) - '0');
    }
    return negative ? -value : value;
  }

  /** The number behind the first {@code label} at or after {@code from}; null if there is none. */
  public static @Nullable Long after(String text, String label, int from) {
    int at = text.indexOf(label, from);
    return at < 0 ? null : at(text, at + label.length());
  }

  /**
   * The number behind the label, if the terminator follows it: else it may be part of a longer one.
   *
   * @param terminator empty for the end of the text
   */
  public static @Nullable Long between(String text, String label, String terminator, int from) {
    int at = text.indexOf(label, from);
    return at < 0 ? null : before(text, at + label.length(), terminator);
  }

  /** The number at {@code from}, if the terminator follows it; empty for the end of the text. */
  public static @Nullable Long before(String text, int from, String terminator) {
    return isBefore(text, from, terminator) ? at(text, from) : null;
  }

  /** The same with a sign, behind the first {@code label} at or after {@code from}. */
  public static @Nullable Long signedBetween(
      String text, String label, String terminator, int from) {
    int at = text.indexOf(label, from);
    return at < 0 ? null : signedBefore(text, at + label.length(), terminator);
  }

  /** The same with a sign. */
  public static @Nullable Long signedBefore(String text, int from, String terminator) {
    return isBefore(text, from, terminator) ? signed(text, from) : null;
  }

  private static boolean isBefore(String text, int from, String terminator) {
    int end = from < 0 || from > text.length() ? -1 : end(text, from);
    return end >= 0
        && (terminator.isEmpty() ? end == text.length() : text.startsWith(terminator, end));
  }

  public static @Nullable Integer toInt(@Nullable Long value) {
    return value == null || value != value.intValue() ? null : Integer.valueOf(value.intValue());
  }

  /** The product; null where a factor is unknown or the product is no sane figure. */
  public static @Nullable Long times(@Nullable Long count, @Nullable Long unit) {
    if (count == null || unit == null) {
      return null;
    }
    long product = count * unit;
    return Math.multiplyHigh(count, unit) == product >> 63 ? product : null;
  }

  /** The sum; null where a part is unknown. */
  public static @Nullable Long plus(@Nullable Long a, @Nullable Long b) {
    return a == null || b == null ? null : a + b;
  }

  public static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}

package io.oomstream.event.section;

import org.jspecify.annotations.Nullable;

/**
 * One fact that supports a statement: a number with its unit, or a text.
 *
 * @param value the number; absent for a text
 * @param unit of value and threshold, one of {@link Unit}; absent for a text
 * @param threshold what the number was compared with; absent if nothing
 * @param text what was found where it is no number
 * @param line the log line with the fact
 */
public record Evidence(
    String fact,
    @Nullable Number value,
    @Nullable String unit,
    @Nullable Number threshold,
    @Nullable String text,
    @Nullable String line) {

  private static final double DIGITS = 10_000;

  public static Evidence number(
      String fact, long value, String unit, @Nullable Long threshold, @Nullable String line) {
    return new Evidence(fact, value, unit, threshold, null, line);
  }

  /** A part of something, to four digits. */
  public static Evidence share(
      String fact, double value, @Nullable Double threshold, @Nullable String line) {
    return new Evidence(
        fact,
        rounded(value),
        Unit.SHARE,
        threshold == null ? null : Double.valueOf(rounded(threshold)),
        null,
        line);
  }

  public static Evidence text(String fact, String text, @Nullable String line) {
    return new Evidence(fact, null, null, null, text, line);
  }

  private static double rounded(double share) {
    return Math.rint(share * DIGITS) / DIGITS;
  }
}

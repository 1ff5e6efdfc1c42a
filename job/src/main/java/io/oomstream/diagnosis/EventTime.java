package io.oomstream.diagnosis;

/**
 * Arithmetic on times in milliseconds that ends at the ends of {@code long} and never wraps: a
 * record's time is whatever its writer set, and a wrapped sum lies in the past, where a timer fires
 * for ever.
 */
public final class EventTime {

  private EventTime() {}

  /** Sum of two times or spans. */
  public static long plus(long a, long b) {
    long sum = a + b;
    return ((a ^ sum) & (b ^ sum)) < 0 ? end(a) : sum;
  }

  /** Difference of two times or spans. */
  public static long minus(long a, long b) {
    long difference = a - b;
    return ((a ^ b) & (a ^ difference)) < 0 ? end(a) : difference;
  }

  /** Product of a number and a length. */
  public static long times(long number, long length) {
    long high = Math.multiplyHigh(number, length);
    long low = number * length;
    boolean fits = (high == 0 && low >= 0) || (high == -1 && low < 0);
    return fits ? low : end(number ^ length);
  }

  private static long end(long sign) {
    return sign < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }
}

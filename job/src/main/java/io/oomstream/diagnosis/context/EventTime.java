package io.oomstream.diagnosis.context;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic on times in milliseconds that ends at the ends of {@code long} and never wraps: a
 * record's time is whatever its writer set, and a wrapped sum lies in the past, where a timer fires
 * for ever.
 */
public final class EventTime {

  /** What RFC 3339 can write: the years 1 to 9999. */
  private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();

  private static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  /**
   * No wall clock shows an earlier time: where a log has none, its lines have the time since boot,
   * and a record of Kafka without a credible time is read with this one.
   */
  private static final long FIRST_WALL = Instant.parse("1980-01-01T00:00:00Z").toEpochMilli();

  private static final long US_OF_MS = 1_000;

  private EventTime() {}

  /** The wall-clock time; null if it is none. Seconds since boot are no date in 1970. */
  public static @Nullable Instant wall(long ms) {
    return ms > FIRST_WALL ? instant(ms) : null;
  }

  /** Microseconds since boot, if the time is that; null for a wall-clock time. */
  public static @Nullable Long sinceBootUs(long ms) {
    return ms < 0 || ms >= FIRST_WALL ? null : Long.valueOf(ms * US_OF_MS);
  }

  /** The time as an event can write it; a time outside of RFC 3339's years is its nearest end. */
  public static Instant instant(long ms) {
    return Instant.ofEpochMilli(writable(ms));
  }

  /** The time that {@link #wall} and {@link #sinceBootUs} were made of; of neither, the bound. */
  public static long millis(@Nullable Instant wall, @Nullable Long sinceBootUs) {
    return wall != null ? millis(wall) : sinceBootUs != null ? sinceBootUs / US_OF_MS : FIRST_WALL;
  }

  /** The instant in milliseconds; one outside of {@code long} is its nearest end. */
  public static long millis(Instant time) {
    return plus(times(time.getEpochSecond(), 1_000), time.getNano() / 1_000_000);
  }

  /** The nearest time that RFC 3339 can write; the difference of two of them fits. */
  public static long writable(long ms) {
    return Math.max(FIRST, Math.min(LAST, ms));
  }

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

package io.oomstream.format.line;

/**
 * The times that a record can have: from 1980 to the end of the year 9999. Kafka takes any number
 * from a producer: brokers before 4.0 even {@code Long.MAX_VALUE}, and -1 stands for a record
 * without a time. As event time such a value would overflow sums and keep timers for ever.
 *
 * <p>The bounds are fixed and do not move with the clock, so a record has the same time on every
 * replay. Times ahead of the clock are within the bounds; watermarks ignore them.
 */
public final class RecordTime {

  /** 1980-01-01T00:00:00Z: an unset clock shows the years before it. */
  public static final long FIRST_MS = 315_532_800_000L;

  /** 9999-12-31T23:59:59.999Z: the last that RFC 3339 can write. */
  public static final long LAST_MS = 253_402_300_799_999L;

  private RecordTime() {}

  /** Whether it lies within the bounds. */
  public static boolean isPossible(long ms) {
    return ms >= FIRST_MS && ms <= LAST_MS;
  }

  /** The time itself, or the bound next to it. */
  public static long bound(long ms) {
    return Math.max(FIRST_MS, Math.min(LAST_MS, ms));
  }
}

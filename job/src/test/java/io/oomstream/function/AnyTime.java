package io.oomstream.function;

import java.time.Duration;
import java.util.Random;

/** Times that a record may claim to be of: most are right, and some cannot be. */
final class AnyTime {

  private static final long DAY = Duration.ofDays(1).toMillis();

  private AnyTime() {}

  /**
   * One time.
   *
   * @param start of the sequence
   * @param front where it is
   */
  static long next(Random random, long start, long front) {
    return switch (random.nextInt(16)) {
      case 0 -> 0;
      case 1 -> -1;
      case 2 -> Long.MIN_VALUE + random.nextInt(2);
      case 3 -> Long.MAX_VALUE - random.nextInt(2);
      case 4 -> Long.MAX_VALUE - random.nextInt(3_600_000);
      case 5 -> Long.MIN_VALUE + random.nextInt(3_600_000);
      case 6 -> front + 365 * DAY;
      case 7 -> front - random.nextLong(5 * DAY);
      case 8, 9 -> front - random.nextInt(90_000);
      case 10 -> start;
      default -> front;
    };
  }
}

package io.oomstream.assemble;

/** Arithmetic on milliseconds that can't overflow, even with an absurd record time. */
public final class Times {

  /** The end of the year 9999; later times are cut to it. */
  public static final long LATEST = 253_402_300_799_999L;

  /** The same distance before 1970. */
  public static final long EARLIEST = -LATEST;

  private Times() {}

  /** The time, cut to {@link #EARLIEST} and {@link #LATEST}. */
  public static long bounded(long time) {
    return Math.max(EARLIEST, Math.min(LATEST, time));
  }

  /** The sum, or the limit of a long if it overflows. */
  public static long plus(long time, long more) {
    long sum = time + more;
    boolean overflow = ((time ^ sum) & (more ^ sum)) < 0;
    return !overflow ? sum : more > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
  }

  /** The difference, or the limit of a long if it overflows. */
  public static long minus(long time, long less) {
    long difference = time - less;
    boolean overflow = ((time ^ less) & (time ^ difference)) < 0;
    return !overflow ? difference : less < 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
  }
}

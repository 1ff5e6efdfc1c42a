package io.oomstream.assemble;

/** Arithmetic on milliseconds that cannot overflow, whatever a record claims to be its time. */
public final class Times {

  /** The end of the year 9999: no record is later. */
  public static final long LATEST = 253_402_300_799_999L;

  /** As far before 1970. */
  public static final long EARLIEST = -LATEST;

  private Times() {}

  /** The nearest time that a record can have. */
  public static long bounded(long time) {
    return Math.max(EARLIEST, Math.min(LATEST, time));
  }

  /** The sum, or the limit that it would pass. */
  public static long plus(long time, long more) {
    long sum = time + more;
    boolean overflow = ((time ^ sum) & (more ^ sum)) < 0;
    return !overflow ? sum : more > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
  }

  /** The difference, or the limit that it would pass. */
  public static long minus(long time, long less) {
    long difference = time - less;
    boolean overflow = ((time ^ less) & (time ^ difference)) < 0;
    return !overflow ? difference : less < 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
  }
}

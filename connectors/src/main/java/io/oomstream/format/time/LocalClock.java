package io.oomstream.format.time;

import io.oomstream.format.line.LineView;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Converts local times, possibly without a year, to microseconds since the epoch. */
final class LocalClock {

  private static final long US_PER_SECOND = 1_000_000;
  private static final long SECONDS_PER_DAY = 86_400;

  /** No zone changes its offset within such a slot; the offset of the last slot is cached. */
  private static final long SLOT_SECONDS = 900;

  /**
   * How far a time can be ahead of the record's time; further ahead it belongs to the year before.
   */
  private static final long AHEAD_SECONDS = SECONDS_PER_DAY;

  private static final int LEAP_CYCLE = 8;

  /** The end of the year 9998. */
  private static final long LATEST_MS = 253_370_764_800_000L;

  private final ZoneId zone;
  private long slot = Long.MIN_VALUE;
  private int slotOffset;

  /** Cache: the last month and the days since the epoch before it. */
  private int knownYear;

  private int knownMonth;
  private long daysBeforeKnown;

  LocalClock(ZoneId zone) {
    this.zone = zone;
  }

  /** Microseconds since the epoch of a local time in our zone; ABSENT if the day does not exist. */
  long local(int year, int month, int day, int secondOfDay, int us) {
    if (!isDay(year, month, day)) {
      return LineView.ABSENT;
    }
    long local = epochDay(year, month, day) * SECONDS_PER_DAY + secondOfDay;
    return (local - offsetAt(local)) * US_PER_SECOND + us;
  }

  /** The same with an offset that the text gives, in seconds east of Greenwich. */
  long atOffset(int year, int month, int day, int secondOfDay, int us, int offset) {
    if (!isDay(year, month, day)) {
      return LineView.ABSENT;
    }
    long local = epochDay(year, month, day) * SECONDS_PER_DAY + secondOfDay;
    return (local - offset) * US_PER_SECOND + us;
  }

  /**
   * A local time without a year: the latest year that puts it no more than a day after the record's
   * own time.
   *
   * @param recordMs milliseconds since the epoch; without it the year is unknown
   */
  long withoutYear(int month, int day, int secondOfDay, int us, long recordMs) {
    if (recordMs <= 0) {
      return LineView.ABSENT;
    }
    long latest = Math.min(recordMs, LATEST_MS) / 1000 + AHEAD_SECONDS;
    // A zone is at most 18 hours off, so the latest possible year is this one.
    int year = yearOf(Math.floorDiv(latest + SECONDS_PER_DAY, SECONDS_PER_DAY));
    for (int back = 0; back <= LEAP_CYCLE; back++) {
      long time = local(year - back, month, day, secondOfDay, us);
      if (time != LineView.ABSENT && time <= latest * US_PER_SECOND) {
        return time;
      }
    }
    return LineView.ABSENT;
  }

  private int offsetAt(long localSeconds) {
    long wanted = Math.floorDiv(localSeconds, SLOT_SECONDS);
    if (wanted != slot) {
      LocalDateTime start = LocalDateTime.ofEpochSecond(wanted * SLOT_SECONDS, 0, ZoneOffset.UTC);
      slotOffset = zone.getRules().getOffset(start).getTotalSeconds();
      slot = wanted;
    }
    return slotOffset;
  }

  private static boolean isDay(int year, int month, int day) {
    return year >= 1970
        && year <= 9999
        && month >= 1
        && month <= 12
        && day >= 1
        && day <= daysIn(year, month);
  }

  private static int daysIn(int year, int month) {
    return switch (month) {
      case 2 -> isLeap(year) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  private static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  private static long daysBeforeYear(int year) {
    int past = year - 1;
    return 365L * year + past / 4 - past / 100 + past / 400 - 719_527;
  }

  private long epochDay(int year, int month, int day) {
    if (year != knownYear || month != knownMonth) {
      daysBeforeKnown = daysBeforeYear(year);
      for (int m = 1; m < month; m++) {
        daysBeforeKnown += daysIn(year, m);
      }
      knownYear = year;
      knownMonth = month;
    }
    return daysBeforeKnown + day - 1;
  }

  private static int yearOf(long epochDay) {
    int year = (int) (1970 + epochDay / 365);
    while (daysBeforeYear(year) > epochDay) {
      year--;
    }
    return year;
  }
}

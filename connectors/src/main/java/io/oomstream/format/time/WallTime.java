package io.oomstream.format.time;

import static io.oomstream.bytes.Ascii.is;
import static io.oomstream.bytes.Ascii.isDigit;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.LineView;
import java.time.ZoneId;

/**
 * Reads a date and time in a line. After a read that returned true, {@link #end} is its end and
 * {@link #us} its value: microseconds since the epoch, or {@link LineView#ABSENT} if it looks like
 * a time but is invalid.
 */
public final class WallTime {

  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final String DAYS = "MonTueWedThuFriSatSun";

  private static final byte[] UTC = Ascii.literal("UTC");

  private final LocalClock clock;
  public int end;
  public long us;

  /** Whether the fraction was set off by a comma, as dmesg does. */
  public boolean comma;

  public WallTime(ZoneId zone) {
    clock = new LocalClock(zone);
  }

  /**
   * {@code 2024-08-11T20:21:28,123456+08:00}, also with a point, {@code Z}, {@code +0800}, and with
   * the small letters that RFC 3339 allows.
   */
  public boolean iso(byte[] text, int start, int limit) {
    return iso(text, start, limit, false);
  }

  /**
   * @param utc whether a time without a zone is UTC, and not in the configured zone
   */
  private boolean iso(byte[] text, int start, int limit, boolean utc) {
    if (!is(text, start + 4, limit, '-')
        || !is(text, start + 7, limit, '-')
        || !(isEither(text, start + 10, limit, 'T', 't') || is(text, start + 10, limit, ' '))) {
      return false;
    }
    int year = Ascii.digits(text, start, limit, 4);
    int month = Ascii.digits(text, start + 5, limit, 2);
    int day = Ascii.digits(text, start + 8, limit, 2);
    int second = secondOfDay(text, start + 11, limit);
    if (year < 0 || month < 0 || day < 0 || second < 0) {
      return false;
    }
    int at = start + 19;
    comma = is(text, at, limit, ',');
    int fraction = 0;
    if ((comma || is(text, at, limit, '.')) && at + 1 < limit && isDigit(text[at + 1])) {
      int after = Ascii.skipDigits(text, at + 1, limit);
      fraction = Ascii.fractionUs(text, at + 1, after);
      at = after;
    }
    return zoned(text, at, limit, utc, year, month, day, second, fraction);
  }

  private static boolean isEither(byte[] text, int at, int limit, char one, char other) {
    return is(text, at, limit, one) || is(text, at, limit, other);
  }

  private boolean zoned(
      byte[] text,
      int at,
      int limit,
      boolean utc,
      int year,
      int month,
      int day,
      int second,
      int fraction) {
    boolean zulu = isEither(text, at, limit, 'Z', 'z');
    if (zulu || (utc && is(text, at, limit, ' '))) {
      end = zulu ? at + 1 : at;
      us = clock.atOffset(year, month, day, second, fraction, 0);
      return true;
    }
    boolean west = is(text, at, limit, '-');
    if (west || is(text, at, limit, '+')) {
      int hours = Ascii.digits(text, at + 1, limit, 2);
      int minuteAt = is(text, at + 3, limit, ':') ? at + 4 : at + 3;
      int minutes = Ascii.digits(text, minuteAt, limit, 2);
      if (hours < 0 || minutes < 0) {
        return false;
      }
      int offset = 3600 * hours + 60 * minutes;
      end = minuteAt + 2;
      us = clock.atOffset(year, month, day, second, fraction, west ? -offset : offset);
      return true;
    }
    end = at;
    us = clock.local(year, month, day, second, fraction);
    return true;
  }

  /** {@code Aug 11 20:21:28}, also with a fraction, as syslog writes it: no year, no zone. */
  public boolean syslog(byte[] text, int start, int limit, long recordMs) {
    int month = name(MONTHS, text, start, limit);
    if (month < 0 || !is(text, start + 3, limit, ' ')) {
      return false;
    }
    int dayAt = Ascii.skipBlanks(text, start + 3, limit);
    int dayEnd = Ascii.skipDigits(text, dayAt, limit);
    int second = is(text, dayEnd, limit, ' ') ? secondOfDay(text, dayEnd + 1, limit) : -1;
    long day = dayEnd - dayAt > 2 ? -1 : Ascii.number(text, dayAt, dayEnd);
    if (day < 0 || second < 0) {
      return false;
    }
    int at = dayEnd + 9;
    int fraction = 0;
    if (is(text, at, limit, '.')) {
      int after = Ascii.skipDigits(text, at + 1, limit);
      fraction = Ascii.fractionUs(text, at + 1, after);
      at = after;
    }
    end = at;
    us = clock.withoutYear(month, (int) day, second, fraction, recordMs);
    return true;
  }

  /** {@code Sun Aug 11 20:21:28 2024}: no zone. */
  public boolean ctime(byte[] text, int start, int limit) {
    if (name(DAYS, text, start, limit) < 0 || !is(text, start + 3, limit, ' ')) {
      return false;
    }
    int month = name(MONTHS, text, start + 4, limit);
    int dayAt = Ascii.skipBlanks(text, start + 7, limit);
    int dayEnd = Ascii.skipDigits(text, dayAt, limit);
    long day = dayEnd - dayAt > 2 ? -1 : Ascii.number(text, dayAt, dayEnd);
    int second = is(text, dayEnd, limit, ' ') ? secondOfDay(text, dayEnd + 1, limit) : -1;
    int year = is(text, dayEnd + 9, limit, ' ') ? Ascii.digits(text, dayEnd + 10, limit, 4) : -1;
    if (month < 0 || day < 0 || second < 0 || year < 0) {
      return false;
    }
    end = dayEnd + 14;
    us = clock.local(year, month, (int) day, second, 0);
    return true;
  }

  /**
   * {@code Sun 2024-08-11 20:21:28 UTC}, of journalctl -o short-full: the letters of another zone
   * give no offset.
   */
  public boolean full(byte[] text, int start, int limit) {
    if (!isDay(text, start, limit)
        || !is(text, start + 3, limit, ' ')
        || !iso(text, start + 4, limit, true)) {
      return false;
    }
    int zone = end + 1;
    int after = Ascii.wordEnd(text, Math.min(zone, limit), limit);
    if (!is(text, end, limit, ' ') || after == zone) {
      return false;
    }
    for (int i = zone; i < after; i++) {
      boolean partOfZone = (text[i] >= 'A' && text[i] <= 'Z') || text[i] == '+' || text[i] == '-';
      if (!partOfZone && !isDigit(text[i])) {
        return false;
      }
    }
    if (after - zone != UTC.length || !Ascii.startsWith(text, zone, limit, UTC)) {
      us = LineView.ABSENT;
    }
    end = after;
    return true;
  }

  /** {@code 1723407688.123456 }, of journalctl -o short-unix. */
  public boolean unix(byte[] text, int start, int limit) {
    int point = Ascii.skipDigits(text, start, limit);
    int after = is(text, point, limit, '.') ? Ascii.skipDigits(text, point + 1, limit) : point;
    if (point - start < 9
        || point - start > 11
        || after - point != 7
        || !is(text, after, limit, ' ')) {
      return false;
    }
    end = after;
    us = Ascii.number(text, start, point) * 1_000_000 + Ascii.fractionUs(text, point + 1, after);
    return true;
  }

  public static boolean isDay(byte[] text, int start, int limit) {
    return name(DAYS, text, start, limit) > 0;
  }

  public static boolean isMonth(byte[] text, int start, int limit) {
    return name(MONTHS, text, start, limit) > 0;
  }

  /**
   * {@code dim. 19 avril 18:03:30 2026}, {@code So Nov 23 18:04:05 2025}: ctime in another
   * language, which must fill the range. False if the language of the month is unknown.
   */
  public boolean localised(byte[] text, int start, int limit) {
    int first = wordAfter(text, Ascii.wordEnd(text, start, limit), limit);
    int firstEnd = Ascii.wordEnd(text, first, limit);
    int second = wordAfter(text, firstEnd, limit);
    int secondEnd = Ascii.wordEnd(text, second, limit);
    int time = wordAfter(text, secondEnd, limit);
    int year = wordAfter(text, Ascii.wordEnd(text, time, limit), limit);
    int value = year + 4 == limit ? Ascii.digits(text, year, limit, 4) : -1;
    int secondOfDay = secondOfDay(text, time, limit);
    boolean dayFirst = dayOfMonth(text, first, firstEnd) > 0;
    int month =
        dayFirst ? MonthNames.of(text, second, secondEnd) : MonthNames.of(text, first, firstEnd);
    int day = dayFirst ? dayOfMonth(text, first, firstEnd) : dayOfMonth(text, second, secondEnd);
    if (value < 0 || secondOfDay < 0 || time + 8 >= year || month < 0 || day < 0) {
      return false;
    }
    end = limit;
    us = clock.local(value, month, day, secondOfDay, 0);
    return true;
  }

  private static int wordAfter(byte[] text, int end, int limit) {
    return Ascii.skipBlanks(text, end, limit);
  }

  /** A number of one or two digits, with or without a point; -1 if it is none. */
  private static int dayOfMonth(byte[] text, int start, int end) {
    int after = end > start && text[end - 1] == '.' ? end - 1 : end;
    return after - start > 2 ? -1 : (int) Ascii.number(text, start, after);
  }

  /** {@code HH:MM:SS} in seconds; -1 without one. A leap second counts as the next second. */
  static int secondOfDay(byte[] text, int start, int limit) {
    if (!is(text, start + 2, limit, ':') || !is(text, start + 5, limit, ':')) {
      return -1;
    }
    int hour = Ascii.digits(text, start, limit, 2);
    int minute = Ascii.digits(text, start + 3, limit, 2);
    int second = Ascii.digits(text, start + 6, limit, 2);
    boolean isTime =
        hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60;
    return isTime ? 3600 * hour + 60 * minute + second : -1;
  }

  /** The index of the three-letter name, from 1; -1 if none. */
  private static int name(String names, byte[] text, int start, int limit) {
    if (start + 3 > limit || !Ascii.isLetter(text[start])) {
      return -1;
    }
    for (int i = 0; i < names.length(); i += 3) {
      if (text[start] == names.charAt(i)
          && text[start + 1] == names.charAt(i + 1)
          && text[start + 2] == names.charAt(i + 2)) {
        return i / 3 + 1;
      }
    }
    return -1;
  }
}

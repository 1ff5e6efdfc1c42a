package io.oomstream.format.json;

import static io.oomstream.bytes.Ascii.is;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.LineView;
import io.oomstream.format.time.WallTime;
import java.util.List;

/** A shipper's timestamp: ISO 8601 text, or a number since the epoch. */
public final class JsonTime {

  private static final List<JsonField> USUAL =
      List.of(JsonField.AT_TIMESTAMP, JsonField.TIMESTAMP, JsonField.DATE);

  private static final int SECONDS_DIGITS = 11;
  private static final int MILLIS_DIGITS = 14;
  private static final int MICROS_DIGITS = 16;
  private static final int NANOS_DIGITS = 19;

  private final WallTime wallTime;

  public JsonTime(WallTime wallTime) {
    this.wallTime = wallTime;
  }

  /** The time in {@code @timestamp}, {@code timestamp} or {@code date}. */
  long read(JsonFields fields, long recordMs) {
    return read(fields, USUAL, recordMs);
  }

  /** Microseconds since the epoch of the first field that is present; ABSENT if none is. */
  long read(JsonFields fields, List<JsonField> names, long recordMs) {
    JsonField field = fields.first(names);
    if (field == null) {
      return LineView.ABSENT;
    }
    byte[] json = fields.bytes();
    int start = fields.start(field);
    int end = fields.end(field);
    return switch (fields.kind(field)) {
      case STRING -> text(json, start, end, recordMs);
      case NUMBER -> number(json, start, end);
      default -> LineView.ABSENT;
    };
  }

  private long text(byte[] json, int start, int end, long recordMs) {
    boolean isTime =
        wallTime.iso(json, start, end)
            || wallTime.ctime(json, start, end)
            || wallTime.syslog(json, start, end, recordMs);
    return isTime && wallTime.end == end ? wallTime.us : number(json, start, end);
  }

  /** Seconds since boot with a fraction, in microseconds; ABSENT for anything else. */
  static long seconds(byte[] json, int start, int end) {
    int point = Ascii.skipDigits(json, start, end);
    long whole = point - start > SECONDS_DIGITS ? -1 : Ascii.number(json, start, point);
    boolean isTime =
        whole >= 0 && is(json, point, end, '.') && Ascii.skipDigits(json, point + 1, end) == end;
    return isTime ? whole * 1_000_000 + Ascii.fractionUs(json, point + 1, end) : LineView.ABSENT;
  }

  /**
   * Seconds, with or without a fraction; a longer whole number is milli-, micro- or nanoseconds. 17
   * and 18 digits can't be a current time: they would be microseconds after the year 2286, or
   * nanoseconds before September 2001.
   */
  private static long number(byte[] json, int start, int end) {
    int point = Ascii.skipDigits(json, start, end);
    int digits = point - start;
    if (digits == NANOS_DIGITS && point == end) {
      return Ascii.number(json, start, start + MICROS_DIGITS);
    }
    long whole = digits > MICROS_DIGITS ? -1 : Ascii.number(json, start, point);
    if (whole < 0) {
      return LineView.ABSENT;
    }
    if (point == end) {
      long factor = digits <= SECONDS_DIGITS ? 1_000_000 : digits <= MILLIS_DIGITS ? 1_000 : 1;
      return whole * factor;
    }
    boolean isFraction =
        is(json, point, end, '.')
            && digits <= SECONDS_DIGITS
            && Ascii.skipDigits(json, point + 1, end) == end;
    return isFraction
        ? whole * 1_000_000 + Ascii.fractionUs(json, point + 1, end)
        : LineView.ABSENT;
  }
}

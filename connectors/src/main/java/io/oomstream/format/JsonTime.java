package io.oomstream.format;

import static io.oomstream.format.Ascii.is;

/** The time that a shipper stamps: ISO 8601 text, or a number since the epoch. */
final class JsonTime {

  private static final int SECONDS_DIGITS = 11;
  private static final int MILLIS_DIGITS = 14;

  private final WallTime wallTime;

  JsonTime(WallTime wallTime) {
    this.wallTime = wallTime;
  }

  /** Microseconds since the epoch of the first of the fields that is there; ABSENT if none is. */
  long read(JsonFields fields) {
    JsonField field =
        fields.has(JsonField.AT_TIMESTAMP)
            ? JsonField.AT_TIMESTAMP
            : fields.has(JsonField.TIMESTAMP) ? JsonField.TIMESTAMP : JsonField.DATE;
    byte[] json = fields.bytes();
    int start = fields.start(field);
    int end = fields.end(field);
    return switch (fields.kind(field)) {
      case STRING ->
          wallTime.iso(json, start, end) && wallTime.end == end
              ? wallTime.us
              : number(json, start, end);
      case NUMBER -> number(json, start, end);
      default -> LineView.ABSENT;
    };
  }

  /** Seconds, with or without a fraction; a longer whole number is milli- or microseconds. */
  private static long number(byte[] json, int start, int end) {
    int point = Ascii.skipDigits(json, start, end);
    long whole = Ascii.number(json, start, point);
    if (whole < 0) {
      return LineView.ABSENT;
    }
    int digits = point - start;
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

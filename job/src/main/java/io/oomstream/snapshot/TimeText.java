package io.oomstream.snapshot;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A moment as people and shells write it. */
final class TimeText {

  /** Greater numbers are milliseconds: as seconds they are past the year 5000. */
  private static final long MOST_SECONDS = 100_000_000_000L;

  private TimeText() {}

  /** Milliseconds since 1970, of RFC 3339 or of a number of seconds or milliseconds; else null. */
  static @Nullable Long parse(@Nullable String text) {
    if (text == null) {
      return null;
    }
    int point = text.indexOf('.');
    Long whole = ProcText.number(point < 0 ? text : text.substring(0, point));
    if (whole != null && whole > 0) {
      Long part =
          point < 0
              ? Long.valueOf(0)
              : ProcText.number((text.substring(point + 1) + "000").substring(0, 3));
      if (part == null || whole > MOST_SECONDS * 1000) {
        return null;
      }
      return whole > MOST_SECONDS ? whole : whole * 1000 + part;
    }
    try {
      long ms = OffsetDateTime.parse(text).toInstant().toEpochMilli();
      return ms > 0 && ms < MOST_SECONDS * 1000 ? ms : null;
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }
}

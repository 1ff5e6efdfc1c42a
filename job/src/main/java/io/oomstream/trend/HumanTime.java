package io.oomstream.trend;

import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.event.Forecast;
import java.time.Duration;
import java.time.Instant;

/** Durations in words. */
final class HumanTime {

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private HumanTime() {}

  /** {@code 5 hours}: in the greatest unit of which there are at least two. */
  static String of(long ms) {
    return of(ms, Messages.in(Language.EN));
  }

  /** Likewise, in a language. */
  static String of(long ms, Messages words) {
    if (ms >= 2 * DAY) {
      return words.counted("count.day", ms / DAY);
    }
    if (ms >= 2 * HOUR) {
      return words.counted("count.hour", ms / HOUR);
    }
    if (ms >= 2 * MINUTE) {
      return words.counted("count.minute", ms / MINUTE);
    }
    return words.counted("count.second", Math.max(0, ms / SECOND));
  }

  /** {@code , between 4 and 7 hours}; empty if the range is unknown. */
  static String range(Forecast forecast, long nowMs, Messages words) {
    Instant now = EventTime.instant(nowMs);
    if (forecast.earliest() == null) {
      return "";
    }
    String earliest = of(Duration.between(now, forecast.earliest()).toMillis(), words);
    return forecast.latest() == null
        ? words.text("trend.not-before", "earliest", earliest)
        : words.text(
            "trend.between",
            "earliest",
            earliest,
            "latest",
            of(Duration.between(now, forecast.latest()).toMillis(), words));
  }
}

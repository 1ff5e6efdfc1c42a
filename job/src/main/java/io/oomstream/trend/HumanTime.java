package io.oomstream.trend;

import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.diagnosis.context.HumanUnits;
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
    if (ms >= 2 * DAY) {
      return HumanUnits.count(ms / DAY, "day");
    }
    if (ms >= 2 * HOUR) {
      return HumanUnits.count(ms / HOUR, "hour");
    }
    if (ms >= 2 * MINUTE) {
      return HumanUnits.count(ms / MINUTE, "minute");
    }
    return HumanUnits.count(Math.max(0, ms / SECOND), "second");
  }

  /** {@code , between 4 and 7 hours}; empty if the range is unknown. */
  static String range(Forecast forecast, long nowMs) {
    Instant now = EventTime.instant(nowMs);
    if (forecast.earliest() == null) {
      return "";
    }
    String earliest = of(Duration.between(now, forecast.earliest()).toMillis());
    return forecast.latest() == null
        ? ", not before " + earliest
        : ", between "
            + earliest
            + " and "
            + of(Duration.between(now, forecast.latest()).toMillis());
  }
}

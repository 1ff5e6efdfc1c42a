package io.oomstream.trend;

import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.event.Forecast;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a growing value reaches its limit, if the growth continues. */
final class Prediction {

  private static final double FARTHEST_MS = 3.2e11;

  private Prediction() {}

  /**
   * @param room the distance to the limit, in the series' unit
   * @param slope the speed
   * @return null if the limit is not reached within ten years
   */
  static @Nullable Forecast of(double room, Slope slope, long nowMs, String limit) {
    Double at = ms(room, slope.perMs());
    if (at == null) {
      return null;
    }
    Double earliest = ms(room, slope.most());
    Double latest = ms(room, slope.least());
    return new Forecast(
        limit,
        instant(nowMs, at),
        earliest == null ? null : instant(nowMs, earliest),
        latest == null ? null : instant(nowMs, latest));
  }

  private static @Nullable Double ms(double room, double perMs) {
    double ms = perMs <= 0 ? Double.MAX_VALUE : Math.max(0, room) / perMs;
    return ms > FARTHEST_MS ? null : ms;
  }

  private static Instant instant(long nowMs, double ms) {
    return EventTime.instant(EventTime.plus(nowMs, Math.round(ms)));
  }
}

package io.oomstream.trend;

import io.oomstream.event.SignalKind;
import org.jspecify.annotations.Nullable;

/**
 * One condition, looked at once.
 *
 * @param value what is watched
 * @param alarm null where the condition does not hold
 * @param releaseBelow an open alarm is over when the value is less; NaN where that depends on how
 *     high it rose
 */
record Check(
    SignalKind kind, String subject, double value, @Nullable Alarm alarm, double releaseBelow) {

  /** What grew is over its growth when so much of its peak is left. */
  private static final double FALLEN = 0.7;

  boolean releases(double peak) {
    return value < (Double.isNaN(releaseBelow) ? peak * FALLEN : releaseBelow);
  }

  boolean isGrowth() {
    return Double.isNaN(releaseBelow);
  }
}

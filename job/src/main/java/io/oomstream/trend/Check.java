package io.oomstream.trend;

import io.oomstream.event.SignalKind;
import org.jspecify.annotations.Nullable;

/**
 * The result of one check of one condition.
 *
 * @param value the checked value
 * @param alarm null if the condition is not true
 * @param releaseBelow an open alarm ends when the value is less; NaN if that depends on its peak
 */
record Check(
    SignalKind kind, String subject, double value, @Nullable Alarm alarm, double releaseBelow) {

  /** Growth ends when the value falls to this share of its peak. */
  private static final double FALLEN = 0.7;

  boolean releases(double peak) {
    return value < (Double.isNaN(releaseBelow) ? peak * FALLEN : releaseBelow);
  }

  boolean isGrowth() {
    return Double.isNaN(releaseBelow);
  }
}

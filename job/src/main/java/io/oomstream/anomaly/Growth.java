package io.oomstream.anomaly;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one series grew over its window.
 *
 * @param trend through all points
 * @param grown the trend's rise from the first point to the last, in the series' unit
 * @param level the last value
 * @param managedBytes of the machine at the last point; 0 if not known
 */
record Growth(
    String what,
    TheilSen trend,
    double grown,
    double level,
    int points,
    long firstMs,
    long lastMs,
    long managedBytes) {

  /** Pairs that rise must outweigh those that fall by this much; noise on a level has about 0. */
  private static final double RISING = 0.5;

  /** Null where the points are too few or too close to make a trend, or there is none upwards. */
  static @Nullable Growth of(
      String what, List<HostHistory.PastSample> samples, DetectorOptions options) {
    List<TheilSen.Point> points = new ArrayList<>();
    HostHistory.PastSample first = null;
    HostHistory.PastSample last = null;
    for (HostHistory.PastSample sample : Series.select(what, samples)) {
      points.add(new TheilSen.Point(sample.eventTimeMs(), sample.bytes()));
      first = first == null ? sample : first;
      last = sample;
    }
    if (first == null || last == null || points.size() < Math.max(2, options.growthPoints())) {
      return null;
    }
    long span = last.eventTimeMs() - first.eventTimeMs();
    TheilSen trend = span < options.growthSpanMs() ? null : TheilSen.of(points);
    if (trend == null || trend.slope() <= 0 || trend.rising() < RISING) {
      return null;
    }
    double grown = trend.slope() * span;
    if (trend.start() + grown < Math.max(0, trend.start()) * options.growthFactor()) {
      return null;
    }
    return new Growth(
        what,
        trend,
        grown,
        last.bytes(),
        points.size(),
        first.eventTimeMs(),
        last.eventTimeMs(),
        last.managedBytes());
  }

  /** Of managed memory; 0 where that is not known. */
  double share() {
    return managedBytes <= 0 ? 0 : level / managedBytes;
  }

  double perHour() {
    return trend.slope() * 3_600_000;
  }
}

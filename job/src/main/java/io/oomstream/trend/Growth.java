package io.oomstream.trend;

import java.util.List;
import java.util.NavigableSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How one series grew up to now.
 *
 * @param grown the rise of the trend line over the observed span
 * @param level the last value
 */
record Growth(
    String what, Slope slope, double grown, double level, int points, long firstMs, long lastMs) {

  /**
   * Up to this many points, none may fall by more than noise; with more, the slope's whole range
   * must rise.
   */
  private static final int FEW = 6;

  private static final double NOISE = 0.01;
  private static final double RISING = 0.5;

  /** The newest part of the window is checked first, then parts four times as long. */
  private static final int SHORTER = 2;

  private static final int LENGTHS = 4;

  /** The second half must have at least this share of the rise, or the growth is over. */
  private static final double STILL = 0.25;

  /** How far a value must exceed its earlier peaks, or it only fluctuates. */
  private static final double NEW_HIGH = 1.1;

  private static final double FALL = 2.0 / 3;

  /** A rise by this share of memory matters, whatever the value was before. */
  private static final double MUCH = 0.05;

  /**
   * Null if the points are too few or too close, or the values don't grow.
   *
   * @param matters whether a growth is worth an alarm
   */
  static @Nullable Growth of(
      String what,
      List<Slope.Point> all,
      NavigableSet<Long> kills,
      double managed,
      TrendOptions options,
      Predicate<Growth> matters) {
    if (all.isEmpty()) {
      return null;
    }
    long now = all.get(all.size() - 1).timeMs();
    for (int i = LENGTHS - 1; i >= 0; i--) {
      long length = options.windowMs() / (1L << (SHORTER * i));
      int from = 0;
      while (from < all.size() && all.get(from).timeMs() < now - length) {
        from++;
      }
      Growth growth = ofSegment(what, all, kills, from, managed, i > 0, options);
      if (growth != null && matters.test(growth)) {
        return growth;
      }
    }
    return null;
  }

  private static @Nullable Growth ofSegment(
      String what,
      List<Slope.Point> all,
      NavigableSet<Long> kills,
      int from,
      double managed,
      boolean partial,
      TrendOptions options) {
    List<Slope.Point> points = all.subList(from, all.size());
    int n = points.size();
    if (n < Math.max(partial ? FEW : 2, options.points())) {
      return null;
    }
    Slope.Point first = points.get(0);
    Slope.Point last = points.get(n - 1);
    long span = last.timeMs() - first.timeMs();
    Slope slope = span < options.spanMs() ? null : Slope.of(points);
    if (slope == null || slope.perMs() <= 0 || !rises(points, slope)) {
      return null;
    }
    double grown = Math.min(slope.perMs() * span, last.value() - lowest(points));
    boolean much = managed > 0 && grown >= MUCH * managed;
    boolean grew = last.value() >= (last.value() - grown) * options.factor();
    if (!(much || grew) || !stillGrows(points, grown) || !isNewHigh(all, kills, last.value())) {
      return null;
    }
    return new Growth(what, slope, grown, last.value(), n, first.timeMs(), last.timeMs());
  }

  private static boolean rises(List<Slope.Point> points, Slope slope) {
    if (points.size() >= FEW) {
      return slope.tau() >= RISING && slope.least() > 0;
    }
    double band = points.get(points.size() - 1).value() * NOISE;
    int rising = 0;
    int pairs = 0;
    for (int i = 0; i < points.size(); i++) {
      for (int j = i + 1; j < points.size(); j++) {
        double rise = points.get(j).value() - points.get(i).value();
        if (rise < -band) {
          return false;
        }
        rising += rise > band ? 1 : 0;
        pairs++;
      }
    }
    return rising >= RISING * pairs;
  }

  private static double lowest(List<Slope.Point> points) {
    return points.stream().mapToDouble(Slope.Point::value).min().orElse(0);
  }

  /** Whether growth goes on: a warm-up flattens, a leak does not. */
  private static boolean stillGrows(List<Slope.Point> points, double grown) {
    Slope.Point last = points.get(points.size() - 1);
    long middle = points.get(0).timeMs() + (last.timeMs() - points.get(0).timeMs()) / 2;
    double before = points.get(0).value();
    for (Slope.Point point : points) {
      before = point.timeMs() <= middle ? point.value() : before;
    }
    return last.value() - before >= STILL * grown;
  }

  /**
   * Whether the value exceeds every earlier peak from which it fell by a third or more. A fall
   * because of a kill does not count.
   */
  private static boolean isNewHigh(List<Slope.Point> all, NavigableSet<Long> kills, double level) {
    Slope.Point peak = all.get(0);
    double fellFrom = 0;
    for (Slope.Point point : all.subList(0, all.size() - 1)) {
      if (point.value() >= peak.value()) {
        peak = point;
      } else if (point.value() < peak.value() * FALL) {
        Long kill = kills.higher(peak.timeMs());
        if (kill == null || kill > point.timeMs()) {
          fellFrom = Math.max(fellFrom, peak.value());
        }
        peak = point;
      }
    }
    return fellFrom == 0 || level >= fellFrom * NEW_HIGH;
  }

  long spanMs() {
    return lastMs - firstMs;
  }

  double perHour() {
    return slope.perMs() * 3_600_000;
  }
}

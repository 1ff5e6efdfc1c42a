package io.oomstream.trend;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A straight line through points, robust against outliers (Theil and Sen), with the 90 % confidence
 * interval of its slope (Sen's interval, from the variance of Kendall's tau).
 *
 * @param perMs the median of the slopes of all pairs
 * @param least the lower end of the range
 * @param most the upper end
 * @param tau rising pairs minus falling pairs, as a share of all pairs: -1 to 1
 */
public record Slope(double perMs, double least, double most, double tau) {

  /** Two-sided 90 %. */
  private static final double Z = 1.645;

  /** One measurement. */
  public record Point(long timeMs, double value) {}

  /** Null with less than two different times. */
  public static @Nullable Slope of(List<Point> points) {
    int n = points.size();
    double[] all = new double[n * Math.max(0, n - 1) / 2];
    int pairs = 0;
    int balance = 0;
    for (int i = 0; i < n; i++) {
      Point a = points.get(i);
      for (int j = i + 1; j < n; j++) {
        Point b = points.get(j);
        if (a.timeMs() != b.timeMs()) {
          double slope = (b.value() - a.value()) / (b.timeMs() - a.timeMs());
          all[pairs++] = slope;
          balance += (int) Math.signum(slope);
        }
      }
    }
    if (pairs == 0) {
      return null;
    }
    double[] slopes = Arrays.copyOf(all, pairs);
    Arrays.sort(slopes);
    double reach = Z * Math.sqrt(n * (n - 1.0) * (2.0 * n + 5) / 18);
    int low = (int) Math.floor((pairs - reach) / 2);
    int high = (int) Math.ceil((pairs + reach) / 2);
    int middle = pairs / 2;
    double median = pairs % 2 == 1 ? slopes[middle] : (slopes[middle - 1] + slopes[middle]) / 2;
    return new Slope(
        median,
        slopes[Math.max(0, low)],
        slopes[Math.min(pairs - 1, high)],
        (double) balance / pairs);
  }
}

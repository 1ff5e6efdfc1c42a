package io.oomstream.anomaly;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A straight line through points that a few wild ones do not bend: the median of the slopes of all
 * pairs (Theil and Sen), and how many of the pairs rise.
 *
 * @param slope per millisecond
 * @param start the line's height at the first point
 * @param rising pairs that rise less pairs that fall, as a share of all pairs: -1 to 1 (Kendall's
 *     tau against time)
 */
public record TheilSen(double slope, double start, double rising) {

  /** One measurement. */
  public record Point(long timeMs, double value) {}

  /** Null for less than two different times. */
  public static @Nullable TheilSen of(List<Point> points) {
    int n = points.size();
    double[] slopes = new double[n * Math.max(0, n - 1) / 2];
    int pairs = 0;
    int balance = 0;
    long first = Long.MAX_VALUE;
    for (int i = 0; i < n; i++) {
      Point a = points.get(i);
      first = Math.min(first, a.timeMs());
      for (int j = i + 1; j < n; j++) {
        Point b = points.get(j);
        if (a.timeMs() != b.timeMs()) {
          double slope = (b.value() - a.value()) / (b.timeMs() - a.timeMs());
          slopes[pairs++] = slope;
          balance += (int) Math.signum(slope);
        }
      }
    }
    if (pairs == 0) {
      return null;
    }
    double slope = median(Arrays.copyOf(slopes, pairs));
    double[] heights = new double[n];
    for (int i = 0; i < n; i++) {
      Point point = points.get(i);
      heights[i] = point.value() - slope * (point.timeMs() - first);
    }
    return new TheilSen(slope, median(heights), (double) balance / pairs);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}

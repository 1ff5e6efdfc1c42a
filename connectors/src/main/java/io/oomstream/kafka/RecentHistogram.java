package io.oomstream.kafka;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;

/** A histogram of the newest values. Reporters read it from threads of their own. */
final class RecentHistogram implements Histogram {

  /**
   * A value of these is a quantile's last digit, and there are few enough to sort at each report.
   */
  static final int VALUES = 1_024;

  private final long[] values = new long[VALUES];
  private long count;

  @Override
  public synchronized void update(long value) {
    values[(int) (count % VALUES)] = value;
    count++;
  }

  @Override
  public synchronized long getCount() {
    return count;
  }

  @Override
  public synchronized HistogramStatistics getStatistics() {
    long[] sorted = Arrays.copyOf(values, (int) Math.min(count, VALUES));
    Arrays.sort(sorted);
    return new Statistics(sorted);
  }

  /** Of values in order; 0 of none, as Flink's own histograms have it. */
  private static final class Statistics extends HistogramStatistics implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long[] sorted;

    Statistics(long[] sorted) {
      this.sorted = sorted;
    }

    @Override
    public double getQuantile(double quantile) {
      int rank = (int) Math.ceil(quantile * sorted.length) - 1;
      return sorted.length == 0 ? 0 : sorted[Math.max(0, Math.min(rank, sorted.length - 1))];
    }

    @Override
    public long[] getValues() {
      return sorted.clone();
    }

    @Override
    public int size() {
      return sorted.length;
    }

    @Override
    public double getMean() {
      return Arrays.stream(sorted).average().orElse(0);
    }

    @Override
    public double getStdDev() {
      double mean = getMean();
      return Math.sqrt(
          Arrays.stream(sorted).mapToDouble(v -> (v - mean) * (v - mean)).average().orElse(0));
    }

    @Override
    public long getMax() {
      return sorted.length == 0 ? 0 : sorted[sorted.length - 1];
    }

    @Override
    public long getMin() {
      return sorted.length == 0 ? 0 : sorted[0];
    }
  }
}

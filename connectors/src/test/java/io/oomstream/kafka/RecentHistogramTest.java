package io.oomstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.metrics.HistogramStatistics;
import org.junit.jupiter.api.Test;

class RecentHistogramTest {

  @Test
  void hasTheQuantilesOfItsValues() {
    RecentHistogram histogram = new RecentHistogram();
    for (int i = 100; i >= 1; i--) {
      histogram.update(i);
    }
    HistogramStatistics statistics = histogram.getStatistics();
    assertThat(histogram.getCount()).isEqualTo(100);
    assertThat(statistics.getQuantile(0.5)).isEqualTo(50);
    assertThat(statistics.getQuantile(0.99)).isEqualTo(99);
    assertThat(statistics.getQuantile(1)).isEqualTo(100);
    assertThat(statistics.getMin()).isEqualTo(1);
    assertThat(statistics.getMax()).isEqualTo(100);
    assertThat(statistics.getMean()).isEqualTo(50.5);
    assertThat(statistics.getStdDev()).isBetween(28.8, 28.9);
    assertThat(statistics.size()).isEqualTo(100);
  }

  @Test
  void forgetsTheOldest() {
    RecentHistogram histogram = new RecentHistogram();
    histogram.update(1_000_000);
    for (int i = 0; i < RecentHistogram.VALUES; i++) {
      histogram.update(7);
    }
    assertThat(histogram.getStatistics().getMax()).isEqualTo(7);
    assertThat(histogram.getStatistics().size()).isEqualTo(RecentHistogram.VALUES);
    assertThat(histogram.getCount()).isEqualTo(RecentHistogram.VALUES + 1);
  }

  @Test
  void isZeroWithoutValues() {
    HistogramStatistics none = new RecentHistogram().getStatistics();
    assertThat(none.getQuantile(0.5)).isZero();
    assertThat(none.getMax()).isZero();
    assertThat(none.getMean()).isZero();
    assertThat(none.getValues()).isEmpty();
  }
}

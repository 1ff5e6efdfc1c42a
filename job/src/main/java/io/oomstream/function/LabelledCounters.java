package io.oomstream.function;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * A counter for each pair of constants, as two labels. All of them exist from the start: a series
 * that is born at 1 has no increase, and the first kill of a cause would raise no alert.
 *
 * <p>Flink's Prometheus reporter makes the labels' names part of the metric's name: {@code
 * …_cause_scope_kills{cause="MEMCG_LIMIT",scope="MEMCG"}}.
 */
final class LabelledCounters<A extends Enum<A>, B extends Enum<B>> {

  private final Counter[][] counters;

  LabelledCounters(
      MetricGroup metrics, String name, String first, Class<A> as, String second, Class<B> bs) {
    A[] firsts = as.getEnumConstants();
    B[] seconds = bs.getEnumConstants();
    counters = new Counter[firsts.length][seconds.length];
    for (A a : firsts) {
      MetricGroup group = metrics.addGroup(first, a.name());
      for (B b : seconds) {
        counters[a.ordinal()][b.ordinal()] = group.addGroup(second, b.name()).counter(name);
      }
    }
  }

  void inc(A first, B second) {
    counters[first.ordinal()][second.ordinal()].inc();
  }
}

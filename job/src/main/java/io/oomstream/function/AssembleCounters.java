package io.oomstream.function;

import io.oomstream.assemble.AssemblyInput;
import io.oomstream.assemble.StepsResult;
import io.oomstream.assemble.TimedLine;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** Counters of the assembler's lines; {@link Metrics} has the sums that must add up. */
final class AssembleCounters {
  final Counter behind;
  final Counter forged;
  final Counter late;
  final Counter orphaned;
  final Counter overLimit;
  final Counter stalled;
  private final Counter emitted;
  private final Counter duplicate;
  private final Counter unclaimed;
  private long buffered;

  /**
   * @param buffered lines in the restored buffers
   */
  AssembleCounters(MetricGroup group, long buffered) {
    this.buffered = buffered;
    behind = group.counter(Metrics.LINES_BEHIND);
    forged = group.counter(Metrics.LINES_FORGED);
    late = group.counter(Metrics.LINES_LATE);
    orphaned = group.counter(Metrics.LINES_ORPHANED);
    overLimit = group.counter(Metrics.LINES_OVER_LIMIT);
    stalled = group.counter(Metrics.HOSTS_STALLED);
    emitted = group.counter(Metrics.LINES_EMITTED);
    duplicate = group.counter(Metrics.LINES_DUPLICATE);
    unclaimed = group.counter(Metrics.LINES_UNCLAIMED);
    group.gauge(Metrics.LINES_BUFFERED, (Gauge<Long>) this::buffered);
  }

  void buffer(long lines) {
    buffered += lines;
  }

  long buffered() {
    return buffered;
  }

  /**
   * Counts the result of a conclusion.
   *
   * @param before lines in the buffer before it
   */
  void concluded(StepsResult conclusion, long before) {
    buffered += linesOf(conclusion.left()) - before;
    emitted.inc(conclusion.emitted());
    duplicate.inc(conclusion.duplicates());
    unclaimed.inc(conclusion.unclaimed());
    forged.inc(conclusion.forged());
    overLimit.inc(conclusion.overLimit());
  }

  private static long linesOf(List<AssemblyInput> inputs) {
    return inputs.stream().filter(TimedLine.class::isInstance).count();
  }
}

package io.oomstream.function;

import io.oomstream.intake.LineIntake;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What a {@link LineIntake} counts, as metrics. */
final class IntakeCounters {
  private IntakeCounters() {}

  static void register(LineIntake intake, MetricGroup metrics) {
    metrics.counter(Metrics.RECORDS_READ, new View(intake::recordsRead));
    metrics.counter(Metrics.RECORDS_UNDECODABLE, new View(intake::recordsUndecodable));
    metrics.counter(Metrics.LINES_READ, new View(intake::linesRead));
    metrics.counter(Metrics.LINES_DROPPED, new View(intake::linesDropped));
    metrics.counter(Metrics.LINES_KEPT, new View(intake::linesKept));
    metrics.counter(Metrics.LINES_UNPROVEN, new View(intake::linesUnproven));
  }

  /** A count that is kept elsewhere. */
  private record View(LongSupplier count) implements Counter {
    @Override
    public long getCount() {
      return count.getAsLong();
    }

    @Override
    public void inc() {
      inc(1);
    }

    @Override
    public void inc(long n) {
      throw new UnsupportedOperationException("counted by the intake");
    }

    @Override
    public void dec() {
      inc(-1);
    }

    @Override
    public void dec(long n) {
      inc(-n);
    }
  }
}

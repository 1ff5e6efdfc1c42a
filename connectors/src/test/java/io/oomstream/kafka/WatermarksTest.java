package io.oomstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.line.RawRecord;
import io.oomstream.kafka.source.KernelLogSource;
import io.oomstream.kafka.source.SourceOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

class WatermarksTest {
  private static final long T0 = 1_700_000_000_000L;

  private final List<String> said = new ArrayList<>();
  private final Said output = new Said();
  private long nanos = 1; // zero is no time yet to the idleness timer

  @Test
  void followTheNewestRecordAtTheDistanceAskedFor() {
    WatermarkGenerator<RawRecord> generator = generator(Duration.ofSeconds(5), Duration.ZERO);

    record(generator, T0);
    record(generator, T0 - 60_000);
    generator.onPeriodicEmit(output);

    assertThat(said).containsExactly("" + (T0 - 5_001));
  }

  /** The reader says which partition is idle; said again, an old watermark would end that. */
  @Test
  void areSaidOnceAndASilentPartitionIsNotCalledIdle() {
    WatermarkGenerator<RawRecord> generator = generator(Duration.ZERO, Duration.ofSeconds(30));
    record(generator, T0);
    for (int i = 0; i < 5; i++) {
      generator.onPeriodicEmit(output);
      advance(3600);
    }
    assertThat(said).containsExactly("" + (T0 - 1));

    record(generator, T0 - 1);
    generator.onPeriodicEmit(output);
    assertThat(said).as("a record that moves nothing").hasSize(2);
  }

  @Test
  void withoutIdlenessAPartitionIsNeverIdle() {
    WatermarkGenerator<RawRecord> generator = generator(Duration.ZERO, Duration.ZERO);
    record(generator, T0);

    for (int i = 0; i < 5; i++) {
      advance(3600);
      generator.onPeriodicEmit(output);
    }

    assertThat(said).isNotEmpty().doesNotContain("idle");
  }

  private WatermarkGenerator<RawRecord> generator(Duration outOfOrderness, Duration idleness) {
    SourceOptions options =
        new SourceOptions(
            List.of("t"), SourceOptions.Start.EARLIEST, false, outOfOrderness, idleness);
    return KernelLogSource.watermarks(options).createWatermarkGenerator(new ManualContext());
  }

  private void record(WatermarkGenerator<RawRecord> generator, long timestamp) {
    RawRecord raw = new RawRecord("t", 0, 0, timestamp, null, null, Map.of());
    generator.onEvent(raw, timestamp, output);
  }

  private void advance(long seconds) {
    nanos += Duration.ofSeconds(seconds).toNanos();
  }

  private final class Said implements WatermarkOutput {
    @Override
    public void emitWatermark(Watermark watermark) {
      said.add(Long.toString(watermark.getTimestamp()));
    }

    @Override
    public void markIdle() {
      said.add("idle");
    }

    @Override
    public void markActive() {
      said.add("active");
    }
  }

  private final class ManualContext implements WatermarkGeneratorSupplier.Context {
    @Override
    public MetricGroup getMetricGroup() {
      return new UnregisteredMetricsGroup();
    }

    @Override
    public RelativeClock getInputActivityClock() {
      return new RelativeClock() {
        @Override
        public long relativeTimeMillis() {
          return nanos / 1_000_000;
        }

        @Override
        public long relativeTimeNanos() {
          return nanos;
        }
      };
    }
  }
}

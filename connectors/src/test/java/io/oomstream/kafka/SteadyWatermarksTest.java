package io.oomstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

/** A wrong clock moves nobody's event time. */
class SteadyWatermarksTest {

  private static final long T0 = 1_700_000_000_000L;
  private static final long DAY = 86_400_000;

  private final List<String> said = new ArrayList<>();
  private long now = T0;
  private final SteadyWatermarks<String> watermarks =
      new SteadyWatermarks<>(Duration.ofSeconds(2), () -> now);

  @Test
  void aHostADayAheadDoesNotMoveItsPartition() {
    event(T0);
    event(T0 + DAY);
    assertThat(emitted()).isEqualTo("" + (T0 - 2_001));
  }

  @Test
  void aHostADayBehindDoesNotMoveItsPartition() {
    event(T0);
    event(T0 - DAY);
    assertThat(emitted()).isEqualTo("" + (T0 - 2_001));
  }

  @Test
  void aPartitionOfAHostADayAheadIsIdle() {
    for (int second = 0; second <= 12; second++) {
      event(now + DAY);
      now += 1_000;
    }
    assertThat(emitted()).isEqualTo("idle");
    event(now);
    assertThat(emitted()).isEqualTo("" + (now - 2_001));
  }

  @Test
  void aPartitionOfAHostADayBehindIsIdleAfterAMinute() {
    for (int second = 0; second < 60; second++) {
      event(now - DAY);
      assertThat(emitted()).isNotEqualTo("idle");
      now += 1_000;
    }
    event(now - DAY);
    assertThat(emitted()).isEqualTo("idle");
    event(now - 1_000);
    assertThat(emitted()).as("its clock was set").isEqualTo("" + (now - 3_001));
  }

  @Test
  void aBacklogThatIsBeingReadIsNotTakenForAWrongClock() {
    long read = T0 - DAY;
    for (int second = 0; second < 300; second++) {
      event(read);
      assertThat(emitted()).isNotEqualTo("idle");
      now += 1_000;
      read += 3_000;
    }
  }

  private void event(long timestamp) {
    watermarks.onEvent("", timestamp, output);
  }

  private String emitted() {
    said.clear();
    watermarks.onPeriodicEmit(output);
    return said.isEmpty() ? "nothing" : said.get(0);
  }

  private final WatermarkOutput output =
      new WatermarkOutput() {
        @Override
        public void emitWatermark(Watermark watermark) {
          said.add("" + watermark.getTimestamp());
        }

        @Override
        public void markIdle() {
          said.add("idle");
        }

        @Override
        public void markActive() {
          said.add("active");
        }
      };
}

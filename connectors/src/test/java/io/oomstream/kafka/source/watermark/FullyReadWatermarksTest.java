package io.oomstream.kafka.source.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.line.RawRecord;
import io.oomstream.kafka.LastWatermark;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FullyReadWatermarksTest {
  private static final long T0 = 1_700_000_000_000L;

  private long now = T0;
  private final FullyReadWatermarks watermarks =
      new FullyReadWatermarks(
          new FullyReadWatermarks.State(),
          new ClockCheckedWatermarks<>(Duration.ofSeconds(2), () -> now, RawRecord::readWithinMs),
          () -> now);

  @Test
  void anOldRecordGivesNoEventTime() {
    read(T0 - 3_600_000, RawRecord.UNKNOWN);
    assertThat(emitted()).isEqualTo("nothing");
  }

  @Test
  void whatWasReadSoonAfterItWasWrittenIsTheEnd() {
    read(T0 - 3_600_000, FullyReadWatermarks.AT_END_MS);
    assertThat(emitted()).isEqualTo("" + (T0 - 3_600_000 - 2_001));
  }

  /** After a restart nothing is behind, and Kafka is not asked for the end of what is young. */
  @Test
  void aYoungRecordIsTheEnd() {
    read(T0 - FullyReadWatermarks.AT_END_MS, RawRecord.UNKNOWN);
    assertThat(emitted()).isEqualTo("" + (T0 - FullyReadWatermarks.AT_END_MS - 2_001));
  }

  @Test
  void aRecordFromTheFutureIsNot() {
    read(T0 + 40_000, RawRecord.UNKNOWN);
    read(Long.MAX_VALUE, RawRecord.UNKNOWN);
    read(Long.MIN_VALUE, RawRecord.UNKNOWN);
    assertThat(emitted()).isEqualTo("nothing");
  }

  @Test
  void nobodyWaitsForEver() {
    read(T0 - 3_600_000, RawRecord.UNKNOWN);
    now += FullyReadWatermarks.MOST_MS;
    read(T0 - 3_500_000, RawRecord.UNKNOWN);
    assertThat(emitted()).isEqualTo("" + (T0 - 3_500_000 - 2_001));
  }

  private void read(long timestamp, long readWithinMs) {
    RawRecord record = new RawRecord("names", 0, 0, timestamp, null, null, Map.of(), readWithinMs);
    watermarks.onEvent(record, timestamp, new LastWatermark());
  }

  private String emitted() {
    LastWatermark output = new LastWatermark();
    watermarks.onPeriodicEmit(output);
    return output.text();
  }
}

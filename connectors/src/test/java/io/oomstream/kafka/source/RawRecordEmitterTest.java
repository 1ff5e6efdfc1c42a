package io.oomstream.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.line.RawRecord;
import io.oomstream.format.line.RecordTime;
import io.oomstream.kafka.SimulatedTopic;
import io.oomstream.kafka.source.watermark.ClockCheckedWatermarks;
import io.oomstream.kafka.source.watermark.PartitionEnds;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the source does with a record's time before anything else sees it. */
class RawRecordEmitterTest {
  private static final TopicPartition PARTITION = new TopicPartition("t", 0);
  private static final long FIRST = RecordTime.FIRST_MS;
  private static final long LAST = RecordTime.LAST_MS;

  private final PartitionEnds ends = new PartitionEnds();
  private final SimpleCounter outOfBounds = new SimpleCounter();
  private final KafkaPartitionSplitState split =
      new KafkaPartitionSplitState(new KafkaPartitionSplit(PARTITION, 0));
  private final CollectedOutput<RawRecord> output = new CollectedOutput<>();
  private long now = SimulatedTopic.T0;
  private final RawRecordEmitter emission = new RawRecordEmitter(ends, outOfBounds, () -> now);

  @Test
  void theBoundsAreTheYears1980And9999() {
    assertThat(Instant.ofEpochMilli(FIRST)).hasToString("1980-01-01T00:00:00Z");
    assertThat(Instant.ofEpochMilli(LAST)).hasToString("9999-12-31T23:59:59.999Z");
  }

  @ParameterizedTest
  @CsvSource({
    "-9223372036854775808, " + FIRST + ", 1",
    "-1, " + FIRST + ", 1",
    "0, " + FIRST + ", 1",
    (FIRST - 1) + ", " + FIRST + ", 1",
    FIRST + ", " + FIRST + ", 0",
    "1700000000000, 1700000000000, 0",
    "1800000000000, 1800000000000, 0",
    LAST + ", " + LAST + ", 0",
    (LAST + 1) + ", " + LAST + ", 1",
    "9223372036854775807, " + LAST + ", 1",
    "9223372036851175807, " + LAST + ", 1"
  })
  void aTimeThatCannotBeIsBoundedAndCounted(long given, long bounded, long counted) {
    emit(7, given, TimestampType.CREATE_TIME);

    assertThat(output.elements().get(0).timestamp()).isEqualTo(bounded);
    assertThat(output.times()).containsExactly(bounded);
    assertThat(outOfBounds.getCount()).isEqualTo(counted);
    assertThat(split.getCurrentOffset()).isEqualTo(8);
  }

  @Test
  void howLongARecordLayIsAskedWhereItsTimeIsFarBehind() {
    emit(0, now - ClockCheckedWatermarks.BEHIND_MS + 1, TimestampType.CREATE_TIME);
    assertThat(due()).isFalse();
    emit(1, now - ClockCheckedWatermarks.BEHIND_MS, TimestampType.CREATE_TIME);
    assertThat(due()).isTrue();

    ends.answered(PARTITION, 10, now);
    now += 5_000;
    emit(2, now - ClockCheckedWatermarks.BEHIND_MS, TimestampType.CREATE_TIME);
    assertThat(output.last().readWithinMs()).as("not there yet").isEqualTo(RawRecord.UNKNOWN);
    now += 2_000;
    emit(9, now - ClockCheckedWatermarks.BEHIND_MS, TimestampType.CREATE_TIME);
    assertThat(output.last().readWithinMs()).isEqualTo(7_000);
    now += 1_000;
    emit(10, now - ClockCheckedWatermarks.BEHIND_MS, TimestampType.CREATE_TIME);
    assertThat(output.last().readWithinMs()).as("a second more at the most").isEqualTo(8_000);
    assertThat(due()).as("not before ten seconds").isFalse();
    now += 2_000;
    assertThat(due()).isTrue();
  }

  @Test
  void aBrokersOwnStampIsNeverSuspected() {
    emit(0, now - 86_400_000, TimestampType.LOG_APPEND_TIME);

    assertThat(due()).isFalse();
    assertThat(output.last().readWithinMs()).isEqualTo(RawRecord.UNKNOWN);
  }

  private boolean due() {
    return !ends.due(Set.of(PARTITION), now).isEmpty();
  }

  private void emit(long offset, long timestamp, TimestampType type) {
    emission.emitRecord(
        new ConsumerRecord<>(
            "t",
            0,
            offset,
            timestamp,
            type,
            0,
            0,
            null,
            null,
            new RecordHeaders(),
            Optional.empty()),
        output,
        split);
  }
}

package io.oomstream.kafka.source.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** One reader with two partitions, and Kafka's answers. */
class IdlePartitionsTest {
  private static final long IDLENESS_MS = 10_000;
  private static final long T0 = 1_700_000_000_000L;

  private final CaughtUpCheck ends = new CaughtUpCheck();
  private long now = T0;
  private int wakeUps;
  private final IdlePartitions partitions = new IdlePartitions(IDLENESS_MS, ends, () -> now);
  private final KafkaPartitionSplitState silent = place("silent");
  private final KafkaPartitionSplitState other = place("other");
  private final IdlePartitions.Watched silentOne = partitions.begin(silent);
  private final IdlePartitions.Watched otherOne = partitions.begin(other);
  private IdlePartitions.Change last = IdlePartitions.Change.NONE;
  private boolean isIdle;

  @Test
  void whatIsReadToItsEndIsIdleAfterTheTimeAskedFor() {
    pass(9, true, true);
    assertThat(isIdle).isFalse();
    pass(3, true, true);
    assertThat(isIdle).isTrue();
  }

  @Test
  void aRecordBeginsTheSilenceAnew() {
    pass(8, true, true);
    silent.setCurrentOffset(7);
    pass(9, true, true);
    assertThat(isIdle).isFalse();
    pass(3, true, true);
    assertThat(isIdle).isTrue();
  }

  @Test
  void whatKafkaHoldsForTheReaderIsNotIdleHoweverLongItWaits() {
    for (int i = 0; i < 600; i++) {
      pass(1, true, false);
      assertThat(isIdle).isFalse();
    }
  }

  @Test
  void whatLiesInTheClientIsNotIdle() {
    for (int i = 0; i < 50; i++) {
      answer(true);
      advance(1, false);
      assertThat(isIdle).isFalse();
    }
    answer(true);
    advance(1, true);
    assertThat(isIdle).isTrue();
  }

  /** Records of all partitions wait, and come one partition after the other. */
  @Test
  void inAnOutageNobodyIsIdleAndNobodyIsWhenItIsOver() {
    for (int second = 0; second < 600; second++) {
      advance(1, true);
      assertThat(isIdle).isFalse();
    }
    assertThat(wakeUps).isGreaterThan(50).isLessThan(200);
    for (int second = 0; second < 59; second++) {
      other.setCurrentOffset(second + 1);
      advance(1, true);
      assertThat(isIdle).isFalse();
    }
  }

  @Test
  void theIdlenessOfBeforeEndsInAnOutage() {
    pass(12, true, true);
    assertThat(isIdle).isTrue();
    advanceBy(20);
    assertThat(isIdle).isFalse();
  }

  @Test
  void anOutageThatLastsLongerThanTheAssemblerWaitsHoldsNobody() {
    advanceBy(IdlePartitions.AWAY_MS / 1_000 + 1);
    assertThat(isIdle).isTrue();
  }

  @Test
  void aPartitionThatAloneCannotBeReadDelaysTheOthersForAMinute() {
    for (int second = 0; second < 58; second++) {
      other.setCurrentOffset(second + 1);
      advance(1, true);
      assertThat(isIdle).isFalse();
    }
    for (int second = 58; second < 64; second++) {
      other.setCurrentOffset(second + 1);
      advance(1, true);
    }
    assertThat(isIdle).isTrue();
  }

  @Test
  void aStoppedProcessIsNoSilence() {
    pass(1, true, true);
    now += 20 * IdlePartitions.AWAY_MS;
    advance(1, true);
    assertThat(isIdle).isFalse();
  }

  private void pass(int seconds, boolean isAllRead, boolean isCaughtUp) {
    for (int i = 0; i < seconds; i++) {
      answer(isCaughtUp);
      advance(1, isAllRead);
    }
  }

  private void advanceBy(long seconds) {
    for (long i = 0; i < seconds; i++) {
      advance(1, true);
    }
  }

  private void advance(int seconds, boolean isAllRead) {
    ends.wakeBy(() -> wakeUps++);
    now += seconds * 1_000L;
    assertThat(partitions.isCheckDue()).isTrue();
    partitions.check(otherOne, () -> isAllRead);
    last = partitions.check(silentOne, () -> isAllRead);
    isIdle = last == IdlePartitions.Change.NONE ? isIdle : last == IdlePartitions.Change.TO_IDLE;
  }

  private void answer(boolean isCaughtUp) {
    try (StubConsumer kafka = new StubConsumer(isCaughtUp)) {
      ends.ask(kafka, now);
    }
  }

  private static KafkaPartitionSplitState place(String topic) {
    return new KafkaPartitionSplitState(
        new KafkaPartitionSplit(new TopicPartition(topic, 0), KafkaPartitionSplit.EARLIEST_OFFSET));
  }

  /** Never connects: what it is asked is answered here. */
  private static final class StubConsumer extends KafkaConsumer<byte[], byte[]> {
    private final boolean isCaughtUp;

    StubConsumer(boolean isCaughtUp) {
      super(
          Map.of("bootstrap.servers", "localhost:1"),
          new ByteArrayDeserializer(),
          new ByteArrayDeserializer());
      this.isCaughtUp = isCaughtUp;
      assign(List.of(new TopicPartition("silent", 0), new TopicPartition("other", 0)));
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(
        Collection<TopicPartition> partitions, Duration timeout) {
      assertThat(assignment()).containsAll(partitions);
      return Set.copyOf(partitions).stream().collect(Collectors.toMap(p -> p, p -> 10L));
    }

    @Override
    public long position(TopicPartition partition, Duration timeout) {
      return isCaughtUp ? 10 : 9;
    }
  }
}

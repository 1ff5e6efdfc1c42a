package io.oomstream.kafka.source;

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
class SilenceTest {
  private static final long IDLENESS_MS = 10_000;
  private static final long T0 = 1_700_000_000_000L;

  private final SilentEnds ends = new SilentEnds();
  private long now = T0;
  private int hurried;
  private final Silence silence = new Silence(IDLENESS_MS, ends, () -> now);
  private final KafkaPartitionSplitState silent = place("silent");
  private final KafkaPartitionSplitState other = place("other");
  private final Silence.Quiet silentOne = silence.begin(silent);
  private final Silence.Quiet otherOne = silence.begin(other);
  private Silence.Turn last = Silence.Turn.NONE;
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
    assertThat(hurried).isGreaterThan(50).isLessThan(200);
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
    advanceBy(Silence.AWAY_MS / 1_000 + 1);
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
    now += 20 * Silence.AWAY_MS;
    advance(1, true);
    assertThat(isIdle).isFalse();
  }

  private void pass(int seconds, boolean isAllRead, boolean isFetched) {
    for (int i = 0; i < seconds; i++) {
      answer(isFetched);
      advance(1, isAllRead);
    }
  }

  private void advanceBy(long seconds) {
    for (long i = 0; i < seconds; i++) {
      advance(1, true);
    }
  }

  private void advance(int seconds, boolean isAllRead) {
    ends.wakeBy(() -> hurried++);
    now += seconds * 1_000L;
    assertThat(silence.isTimeToLook()).isTrue();
    silence.look(otherOne, () -> isAllRead);
    last = silence.look(silentOne, () -> isAllRead);
    isIdle = last == Silence.Turn.NONE ? isIdle : last == Silence.Turn.TO_IDLE;
  }

  private void answer(boolean isFetched) {
    try (StubConsumer kafka = new StubConsumer(isFetched)) {
      ends.ask(kafka, now);
    }
  }

  private static KafkaPartitionSplitState place(String topic) {
    return new KafkaPartitionSplitState(
        new KafkaPartitionSplit(new TopicPartition(topic, 0), KafkaPartitionSplit.EARLIEST_OFFSET));
  }

  /** Never connects: what it is asked is answered here. */
  private static final class StubConsumer extends KafkaConsumer<byte[], byte[]> {
    private final boolean isFetched;

    StubConsumer(boolean isFetched) {
      super(
          Map.of("bootstrap.servers", "localhost:1"),
          new ByteArrayDeserializer(),
          new ByteArrayDeserializer());
      this.isFetched = isFetched;
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
      return isFetched ? 10 : 9;
    }
  }
}

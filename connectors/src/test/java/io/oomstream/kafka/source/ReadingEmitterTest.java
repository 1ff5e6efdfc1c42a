package io.oomstream.kafka.source;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.line.RawRecord;
import io.oomstream.format.line.RecordTime;
import io.oomstream.kafka.LastWatermark;
import io.oomstream.kafka.SimulatedTopic;
import io.oomstream.kafka.source.watermark.ClockCheckedWatermarks;
import io.oomstream.kafka.source.watermark.PartitionEnds;
import io.oomstream.kafka.source.watermark.ProgressMarks;
import io.oomstream.kafka.source.watermark.ProgressWatermarks;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingEmitterTest {
  private static final TopicPartition A = new TopicPartition("t", 0);
  private static final TopicPartition B = new TopicPartition("t", 1);
  private static final byte[] CHATTER = {'c'};
  private static final byte[] KEPT = {'k'};
  private static final long FAR = 3_600_000;

  private final PartitionEnds ends = new PartitionEnds();
  private final SimpleCounter outOfBounds = new SimpleCounter();
  private final Counting reader = new Counting();
  private long now = SimulatedTopic.T0;
  private final ReadingEmitter<Element> emission =
      new ReadingEmitter<>(new KeptOnly(), reader, ends, outOfBounds, () -> now);
  private final Map<TopicPartition, KafkaPartitionSplitState> splits = new HashMap<>();
  private final Map<TopicPartition, CollectedOutput<Element>> outs = new HashMap<>();
  private TimestampType type = TimestampType.CREATE_TIME;

  @Test
  void chatterBringsAMarkForEach200MsOfRecordTimeAndNothingElse() {
    for (int i = 0; i < 10_000; i++) {
      emit(A, i, now - 20_000 + i, CHATTER);
    }

    assertThat(out(A).elements()).hasSize(50).allMatch(Element::mark);
    assertThat(out(A).times().get(0)).isEqualTo(now - 20_000);
    assertThat(out(A).times().get(49)).isEqualTo(now - 20_000 + 49 * ProgressMarks.EVERY_MS);
    assertThat(split(A).getCurrentOffset()).isEqualTo(10_000);
  }

  @Test
  void whenNoRecordIsThereTheNewestTimeIsMarkedOnce() {
    emit(A, 0, now - 50, CHATTER);
    emit(A, 1, now - 20, CHATTER);
    emit(A, 2, now - 30, CHATTER);
    emission.pause();
    emission.pause();

    assertThat(out(A).times()).containsExactly(now - 50, now - 20);
  }

  @Test
  void whenAnotherPartitionsTurnHasComeTheOneBeforeIsMarked() {
    emit(A, 0, now - 50, CHATTER);
    emit(A, 1, now - 20, CHATTER);
    emit(B, 0, now - 900, CHATTER);

    assertThat(out(A).times()).containsExactly(now - 50, now - 20);
    assertThat(out(B).times()).containsExactly(now - 900);
  }

  @Test
  void aPartitionWhoseTimeStandsStillIsNotSilent() {
    for (int i = 0; i < 1 + 3 * ProgressMarks.EVERY_RECORDS; i++) {
      emit(A, i, now - 50, CHATTER);
    }

    assertThat(out(A).times()).hasSize(4).containsOnly(now - 50);
  }

  @Test
  void whatIsKeptHasItsRecordsTimeAndComesBeforeTheMark() {
    emit(A, 0, now - 50, CHATTER);
    emit(A, 1, now - 90, KEPT);
    emit(A, 2, RecordTime.FIRST_MS - 1, KEPT);
    emission.pause();

    assertThat(out(A).elements().stream().map(Element::mark))
        .containsExactly(true, false, false, true);
    assertThat(out(A).times()).containsExactly(now - 50, now - 90, RecordTime.FIRST_MS, now - 50);
    assertThat(outOfBounds.getCount()).isEqualTo(1);
  }

  @Test
  void aRecordFromTheFutureIsMarkedOnlyAmongItsLike() {
    emit(A, 0, now, CHATTER);
    emit(A, 1, now + FAR, CHATTER);
    emit(A, 2, now + 1, CHATTER);
    emission.pause();
    emit(A, 3, now + FAR, CHATTER);
    emission.pause();

    assertThat(out(A).times()).containsExactly(now, now + 1, now + FAR);
  }

  @Test
  void howLongRecordsLayIsAskedWhereTheirTimeIsFarBehind() {
    emit(A, 0, now - ClockCheckedWatermarks.BEHIND_MS + 1, CHATTER);
    assertThat(ends.due(Set.of(A), now)).isEmpty();
    now += 1;
    emit(A, 1, now - ClockCheckedWatermarks.BEHIND_MS, CHATTER);
    emission.pause();
    assertThat(ends.due(Set.of(A), now)).isNotEmpty();
    ends.answered(A, 10, now);
    now += 7_000;
    emit(A, 9, now - ClockCheckedWatermarks.BEHIND_MS, CHATTER);

    assertThat(out(A).last().readWithinMs()).isEqualTo(7_000);
  }

  @Test
  void aBrokersOwnStampIsNeverSuspected() {
    type = TimestampType.LOG_APPEND_TIME;
    emit(A, 0, now - 86_400_000, CHATTER);

    assertThat(ends.due(Set.of(A), now)).isEmpty();
    assertThat(out(A).last().readWithinMs()).isEqualTo(RawRecord.UNKNOWN);
  }

  /** At each moment at which Flink may ask, were every record an element. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void eventTimeIsThatOfEveryRecord(long seed) {
    Random random = new Random(seed);
    ClockCheckedWatermarks<Element> fromMarks = steady();
    ClockCheckedWatermarks<Element> fromAll = steady();
    WatermarkGenerator<Element> marks = new ProgressWatermarks<>(Element::mark, fromMarks);
    LastWatermark said = new LastWatermark();
    int seen = 0;
    int offset = 0;
    for (int fetch = 0; fetch < 400; fetch++) {
      long lag = random.nextInt(4) == 0 ? 2 * ClockCheckedWatermarks.BEHIND_MS : 0;
      for (int i = random.nextInt(20); i >= 0; i--) {
        long at = now - lag - random.nextInt(5_000) + (random.nextInt(9) == 0 ? FAR : 0);
        emit(A, offset, at, random.nextInt(5) == 0 ? KEPT : CHATTER);
        if (random.nextInt(50) == 0) {
          ends.due(Set.of(A), now).forEach(p -> ends.answered(p, 1, now));
        }
        long within = ends.readWithin(A, offset, now);
        fromAll.onEvent(new Element(true, within), at, said);
        offset++;
      }
      emission.pause();
      CollectedOutput<Element> out = out(A);
      for (; seen < out.elements().size(); seen++) {
        marks.onEvent(out.elements().get(seen), out.times().get(seen), said);
      }
      assertThat(emitted(marks)).isEqualTo(emitted(fromAll));
      now += random.nextInt(20) == 0 ? 45_000 : random.nextInt(200);
    }
    assertThat(out(A).elements().stream().filter(Element::mark).count()).isLessThan(offset);
  }

  @Test
  void whatIsKnownGoesWithTheSplit() {
    emit(A, 0, now, KEPT);
    emit(A, 1, now, KEPT);
    emit(B, 0, now, KEPT);
    KafkaPartitionSplit kept = emission.toSplit(split(A).toKafkaPartitionSplit());

    Counting other = new Counting();
    ReadingEmitter<Element> restored =
        new ReadingEmitter<>(new KeptOnly(), other, ends, outOfBounds, () -> now);
    restored.begin(kept);

    assertThat(kept.getStartingOffset()).isEqualTo(2);
    assertThat(other.counts).containsExactly(Map.entry("t-0", 2));
    KafkaPartitionSplit never = new KafkaPartitionSplit(new TopicPartition("t", 7), 0);
    assertThat(emission.toSplit(never)).isSameAs(never);
  }

  @Test
  void aPartitionThatEndsIsForgottenAndMarkedNoMore() {
    emit(A, 0, now, KEPT);
    emit(A, 1, now + 1, CHATTER);
    int before = out(A).elements().size();
    emission.end(split(A));
    emission.pause();

    assertThat(out(A).elements()).hasSize(before);
    assertThat(reader.counts).isEmpty();
    emit(B, 0, now, CHATTER);
    assertThat(out(B).elements()).hasSize(1);
  }

  private ClockCheckedWatermarks<Element> steady() {
    return new ClockCheckedWatermarks<>(Duration.ofSeconds(2), () -> now, Element::readWithinMs);
  }

  private static String emitted(WatermarkGenerator<?> generator) {
    LastWatermark said = new LastWatermark();
    generator.onPeriodicEmit(said);
    return said.text();
  }

  private KafkaPartitionSplitState split(TopicPartition partition) {
    return splits.computeIfAbsent(
        partition, p -> new KafkaPartitionSplitState(new KafkaPartitionSplit(p, 0)));
  }

  private CollectedOutput<Element> out(TopicPartition partition) {
    return outs.computeIfAbsent(partition, p -> new CollectedOutput<>());
  }

  private void emit(TopicPartition partition, long offset, long timestamp, byte[] value) {
    emission.emitRecord(
        new ConsumerRecord<>(
            partition.topic(),
            partition.partition(),
            offset,
            timestamp,
            type,
            0,
            0,
            null,
            value,
            new RecordHeaders(),
            Optional.empty()),
        out(partition),
        split(partition));
  }

  private record Element(boolean mark, long readWithinMs) {}

  private record KeptOnly() implements RecordReading<Element> {
    @Override
    public TypeInformation<Element> type() {
      return TypeInformation.of(Element.class);
    }

    @Override
    public Reader<Element> open(MetricGroup metrics) {
      return new Counting();
    }

    @Override
    public Element progress(long readWithinMs) {
      return new Element(true, readWithinMs);
    }

    @Override
    public boolean isProgress(Element element) {
      return element.mark();
    }

    @Override
    public long readWithinMs(Element progress) {
      return progress.readWithinMs();
    }
  }

  /** Knows of each partition how much was kept. */
  private static final class Counting implements RecordReading.Reader<Element> {
    private final Map<String, Integer> counts = new HashMap<>();

    @Override
    public void read(RawRecord record, Consumer<Element> out) {
      if (requireNonNull(record.value())[0] == KEPT[0]) {
        counts.merge(record.topic() + "-" + record.partition(), 1, Integer::sum);
        out.accept(new Element(false, RawRecord.UNKNOWN));
      }
    }

    @Override
    public byte @Nullable [] known(String topic, int partition) {
      Integer count = counts.get(topic + "-" + partition);
      return count == null ? null : new byte[] {count.byteValue()};
    }

    @Override
    public void restore(String topic, int partition, byte[] known) {
      counts.put(topic + "-" + partition, (int) known[0]);
    }

    @Override
    public void forget(String topic, int partition) {
      counts.remove(topic + "-" + partition);
    }
  }
}

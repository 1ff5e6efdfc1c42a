package io.oomstream.kafka.source;

import io.oomstream.format.line.RawRecord;
import io.oomstream.format.line.RecordTime;
import io.oomstream.kafka.source.watermark.PartitionEnds;
import io.oomstream.kafka.source.watermark.ProgressMarks;
import io.oomstream.kafka.source.watermark.ReadDelay;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Records are read where they lie, and only what a {@link RecordReading} makes of them goes into
 * the job, with marks of progress between: when one is due ({@link ProgressMarks}), and at the
 * latest when another partition's turn has come or no record is there. So only the partition that
 * is being read has records without a mark.
 */
final class ReadingEmitter<T> implements KernelLogEmitter<T>, Consumer<T> {

  private final RecordReading<T> reading;
  private final RecordReading.Reader<T> reader;
  private final ReadDelay delay;
  private final Counter timesOutOfBounds;
  private final LongSupplier clock;
  private final Map<TopicPartition, ProgressMarks> partitions = new HashMap<>();

  private @Nullable KafkaPartitionSplitState split;
  private ProgressMarks progress;
  private @Nullable SourceOutput<T> output;
  private @Nullable ConsumerRecord<byte[], byte[]> last;
  private long timestamp;
  private long emitted;
  private long newestOfEnded = Long.MIN_VALUE;

  ReadingEmitter(
      RecordReading<T> reading,
      RecordReading.Reader<T> reader,
      PartitionEnds ends,
      Counter timesOutOfBounds,
      LongSupplier clock) {
    this.reading = reading;
    this.reader = reader;
    delay = new ReadDelay(ends, clock);
    this.timesOutOfBounds = timesOutOfBounds;
    this.clock = clock;
    progress = new ProgressMarks(clock);
  }

  @Override
  public void begin(KafkaPartitionSplit from) {
    if (from instanceof KernelLogSplit log) {
      reader.restore(log.getTopic(), log.getPartition(), log.known());
    }
  }

  @Override
  public KafkaPartitionSplit toSplit(KafkaPartitionSplit place) {
    byte[] known = reader.known(place.getTopic(), place.getPartition());
    return known == null ? place : new KernelLogSplit(place, known);
  }

  @Override
  public void emitRecord(
      ConsumerRecord<byte[], byte[]> consumed,
      SourceOutput<T> to,
      KafkaPartitionSplitState partition) {
    if (split != partition) {
      turnTo(partition);
    }
    if (!RecordTime.isPossible(consumed.timestamp())) {
      timesOutOfBounds.inc();
    }
    RawRecord raw = RawRecordDeserializer.raw(consumed, RawRecord.UNKNOWN);
    output = to;
    last = consumed;
    timestamp = raw.timestamp();
    reader.read(raw, this);
    if (progress.read(timestamp)) {
      mark();
    }
    partition.setCurrentOffset(consumed.offset() + 1);
  }

  /** An element of the record that is being read. */
  @Override
  public void accept(T element) {
    if (output != null) {
      emitted++;
      output.collect(element, timestamp);
    }
  }

  @Override
  public long emitted() {
    return emitted;
  }

  @Override
  public void pause() {
    mark();
  }

  @Override
  public long newest() {
    long newest = newestOfEnded;
    for (ProgressMarks partition : partitions.values()) {
      newest = Math.max(newest, partition.newest());
    }
    return newest;
  }

  @Override
  public void end(KafkaPartitionSplitState partition) {
    if (split == partition) {
      split = null;
      last = null;
      output = null;
      progress = new ProgressMarks(clock);
    }
    ProgressMarks ended = partitions.remove(partition.getTopicPartition());
    newestOfEnded = ended == null ? newestOfEnded : Math.max(newestOfEnded, ended.newest());
    reader.forget(partition.getTopic(), partition.getPartition());
  }

  private void turnTo(KafkaPartitionSplitState next) {
    mark();
    split = next;
    progress =
        partitions.computeIfAbsent(next.getTopicPartition(), partition -> new ProgressMarks(clock));
  }

  private void mark() {
    if (output != null && last != null && split != null && progress.isUnmarked()) {
      long within = delay.readWithin(last, split.getTopicPartition());
      emitted++;
      output.collect(reading.progress(within), progress.mark());
    }
  }
}

package io.oomstream.kafka.source;

import io.oomstream.format.line.RawRecord;
import io.oomstream.format.line.RecordTime;
import io.oomstream.kafka.source.watermark.PartitionEnds;
import io.oomstream.kafka.source.watermark.ReadDelay;
import java.util.function.LongSupplier;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record on its way into the job as it is: its time within bounds, and with what is known of how
 * long it lay ({@link ReadDelay}).
 */
final class RawRecordEmitter implements KernelLogEmitter<RawRecord> {

  private final ReadDelay delay;
  private final Counter timesOutOfBounds;
  private long emitted;

  RawRecordEmitter(PartitionEnds ends, Counter timesOutOfBounds, LongSupplier clock) {
    delay = new ReadDelay(ends, clock);
    this.timesOutOfBounds = timesOutOfBounds;
  }

  @Override
  public void begin(KafkaPartitionSplit split) {}

  @Override
  public KafkaPartitionSplit toSplit(KafkaPartitionSplit place) {
    return place;
  }

  @Override
  public void emitRecord(
      ConsumerRecord<byte[], byte[]> consumed,
      SourceOutput<RawRecord> output,
      KafkaPartitionSplitState split) {
    if (!RecordTime.isPossible(consumed.timestamp())) {
      timesOutOfBounds.inc();
    }
    RawRecord raw =
        RawRecordDeserializer.raw(consumed, delay.readWithin(consumed, split.getTopicPartition()));
    output.collect(raw, raw.timestamp());
    emitted++;
    split.setCurrentOffset(consumed.offset() + 1);
  }

  @Override
  public long emitted() {
    return emitted;
  }

  @Override
  public void pause() {}

  @Override
  public void end(KafkaPartitionSplitState split) {}
}

package io.oomstream.kafka.source;

import io.oomstream.format.line.RawRecord;
import io.oomstream.format.line.RecordTime;
import java.util.function.LongSupplier;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;

/**
 * A record on its way into the job: its time within bounds, and with what is known of how long it
 * lay. That is asked for only where a record's time is far behind, and where a producer stamped it:
 * a broker's own stamp ({@code LogAppendTime}) is no host's clock, and never suspected.
 */
final class RecordEmission
    implements RecordEmitter<ConsumerRecord<byte[], byte[]>, RawRecord, KafkaPartitionSplitState> {

  private final PartitionEnds ends;
  private final Counter timesOutOfBounds;
  private final LongSupplier clock;

  RecordEmission(PartitionEnds ends, Counter timesOutOfBounds, LongSupplier clock) {
    this.ends = ends;
    this.timesOutOfBounds = timesOutOfBounds;
    this.clock = clock;
  }

  @Override
  public void emitRecord(
      ConsumerRecord<byte[], byte[]> consumed,
      SourceOutput<RawRecord> output,
      KafkaPartitionSplitState split) {
    if (!RecordTime.isPossible(consumed.timestamp())) {
      timesOutOfBounds.inc();
    }
    RawRecord raw = RawRecordDeserializer.raw(consumed, readWithin(consumed, split));
    output.collect(raw, raw.timestamp());
    split.setCurrentOffset(consumed.offset() + 1);
  }

  private long readWithin(ConsumerRecord<byte[], byte[]> consumed, KafkaPartitionSplitState split) {
    if (consumed.timestampType() == TimestampType.LOG_APPEND_TIME) {
      return RawRecord.UNKNOWN;
    }
    long now = clock.getAsLong();
    TopicPartition partition = split.getTopicPartition();
    if (now - consumed.timestamp() >= SteadyWatermarks.BEHIND_MS) {
      ends.want(partition);
    }
    return ends.readWithin(partition, consumed.offset(), now);
  }
}

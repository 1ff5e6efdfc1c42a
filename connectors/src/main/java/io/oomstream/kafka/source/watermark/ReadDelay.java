package io.oomstream.kafka.source.watermark;

import io.oomstream.format.line.RawRecord;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;

/**
 * How long a record lay in its topic at the most. That is asked for only where a record's time is
 * far behind, and where a producer stamped it: a broker's own stamp ({@code LogAppendTime}) is no
 * host's clock, and never suspected.
 */
public record ReadDelay(PartitionEnds ends, LongSupplier clock) {

  /** At the most; milliseconds, {@link RawRecord#UNKNOWN} where that is not known. */
  public long readWithin(ConsumerRecord<byte[], byte[]> consumed, TopicPartition partition) {
    if (consumed.timestampType() == TimestampType.LOG_APPEND_TIME) {
      return RawRecord.UNKNOWN;
    }
    long now = clock.getAsLong();
    if (now - consumed.timestamp() >= ClockCheckedWatermarks.BEHIND_MS) {
      ends.want(partition);
    }
    return ends.readWithin(partition, consumed.offset(), now);
  }
}

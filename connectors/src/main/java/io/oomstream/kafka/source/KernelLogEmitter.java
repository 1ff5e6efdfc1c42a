package io.oomstream.kafka.source;

import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The way of a reader's records into the job, all in the task's thread. */
interface KernelLogEmitter<T>
    extends RecordEmitter<ConsumerRecord<byte[], byte[]>, T, KafkaPartitionSplitState> {

  /** A partition is about to be read from the place in the split. */
  void begin(KafkaPartitionSplit split);

  /** The split for a checkpoint, with all that must be known to read on. */
  KafkaPartitionSplit toSplit(KafkaPartitionSplit place);

  /** How many elements went into the job so far. */
  long emitted();

  /** No record is there to be read at the moment. */
  void pause();

  /**
   * The newest record's time of all that were read, less those from the future; {@link
   * Long#MIN_VALUE} where nobody needs to know.
   */
  default long newest() {
    return Long.MIN_VALUE;
  }

  /** A partition is read no further, and its output gone. */
  void end(KafkaPartitionSplitState split);
}

package io.oomstream.kafka.source;

import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * A partition, the place in it, and what must be known to read on from there ({@link
 * RecordReading.Reader#known}): both move together, to whichever subtask has the partition after a
 * restore.
 */
final class KernelLogSplit extends KafkaPartitionSplit {
  private final byte[] known;

  KernelLogSplit(KafkaPartitionSplit place, byte[] known) {
    super(
        place.getTopicPartition(),
        place.getStartingOffset(),
        place.getStoppingOffset().orElse(NO_STOPPING_OFFSET));
    this.known = known;
  }

  byte[] known() {
    return known;
  }
}

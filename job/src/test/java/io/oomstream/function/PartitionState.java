package io.oomstream.function;

/**
 * The dropped sequence numbers of one partition, in the state of {@link DecodeFunction}.
 *
 * @param offset of the newest record in it
 * @param live whether the task that wrote this has read the partition; otherwise it passes on the
 *     restored state
 * @param known what the source's split would have
 */
public record PartitionState(String topic, int partition, long offset, boolean live, byte[] known) {

  /** The newer one of two states of a partition. */
  PartitionState orNewer(PartitionState other) {
    if (live != other.live) {
      return live ? this : other;
    }
    return other.offset > offset ? other : this;
  }
}

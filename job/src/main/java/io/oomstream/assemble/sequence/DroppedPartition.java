package io.oomstream.assemble.sequence;

/**
 * The dropped sequence numbers of one partition.
 *
 * @param offset of the newest record in it
 * @param live whether the task that wrote this has read the partition; otherwise it passes on the
 *     restored state
 * @param hosts packed {@link DroppedSequences}
 */
public record DroppedPartition(
    String topic, int partition, long offset, boolean live, byte[] hosts) {

  /** The newer one of two states of a partition. */
  public DroppedPartition orNewer(DroppedPartition other) {
    if (live != other.live) {
      return live ? this : other;
    }
    return other.offset > offset ? other : this;
  }
}

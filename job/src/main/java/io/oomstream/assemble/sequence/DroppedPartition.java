package io.oomstream.assemble.sequence;

/**
 * What one partition's decoder knows of dropped sequence numbers.
 *
 * @param offset of the newest record that is in it
 * @param live whether the task that wrote this has read the partition itself; if not it only hands
 *     on what it was restored with
 * @param hosts what is known, packed
 */
public record DroppedPartition(
    String topic, int partition, long offset, boolean live, byte[] hosts) {

  /** Of two of one partition the one that knows more. */
  public DroppedPartition orNewer(DroppedPartition other) {
    if (live != other.live) {
      return live ? this : other;
    }
    return other.offset > offset ? other : this;
  }
}

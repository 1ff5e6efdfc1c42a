package io.oomstream.assemble.sequence;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dropped sequence numbers of every partition that a subtask reads. What is {@link #known} of a
 * partition goes with its place in it to whoever reads on from there.
 */
public final class DroppedPartitions {

  private record Partition(String topic, int number) {}

  /** What was restored of partitions that were not read since. */
  private final Map<Partition, byte[]> restored = new HashMap<>();

  private final Map<Partition, DroppedSequences> read = new HashMap<>();
  private @Nullable Partition newest;
  private @Nullable DroppedSequences newestRead;

  /** The state of the partition. */
  public DroppedSequences of(String topic, int partition) {
    DroppedSequences own = newestRead;
    Partition at = newest;
    if (own == null || at == null || at.number() != partition || !at.topic().equals(topic)) {
      at = new Partition(topic, partition);
      own = read.computeIfAbsent(at, this::begin);
      newest = at;
      newestRead = own;
    }
    return own;
  }

  private DroppedSequences begin(Partition partition) {
    byte[] known = restored.remove(partition);
    return known == null ? new DroppedSequences() : DroppedSequences.of(known);
  }

  /** All that is known of one partition; null for nothing. */
  public byte @Nullable [] known(String topic, int partition) {
    Partition at = new Partition(topic, partition);
    DroppedSequences own = read.get(at);
    return own == null ? restored.get(at) : own.toBytes();
  }

  /** The partition is read on from where this was {@link #known}. */
  public void restore(String topic, int partition, byte[] known) {
    forget(topic, partition);
    restored.put(new Partition(topic, partition), known);
  }

  /** The partition is read no further. */
  public void forget(String topic, int partition) {
    Partition at = new Partition(topic, partition);
    read.remove(at);
    restored.remove(at);
    newest = null;
    newestRead = null;
  }
}

package io.oomstream.assemble.sequence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dropped sequence numbers of every partition that a subtask reads. After a restore each
 * subtask gets the state of all partitions, because it can be assigned any of them. The first
 * subtask passes on the state of partitions that nobody has read yet, so that the next checkpoint
 * still has it.
 */
public final class DroppedPartitions {

  private record Partition(String topic, int number) {}

  /** A partition that this attempt reads. */
  private static final class Read {
    final DroppedSequences lines;
    long offset;

    Read(DroppedSequences lines) {
      this.lines = lines;
    }
  }

  private final Map<Partition, DroppedPartition> restored = new HashMap<>();
  private final Map<Partition, Read> read = new HashMap<>();
  private @Nullable Partition newest;
  private @Nullable Read newestRead;

  public DroppedPartitions(Iterable<DroppedPartition> checkpoint) {
    for (DroppedPartition known : checkpoint) {
      restored.merge(
          new Partition(known.topic(), known.partition()), known, DroppedPartition::orNewer);
    }
  }

  /** The state of the partition, before the record at the offset is read. */
  public DroppedSequences of(String topic, int partition, long offset) {
    Read own = newestRead;
    Partition at = newest;
    if (own == null || at == null || at.number() != partition || !at.topic().equals(topic)) {
      at = new Partition(topic, partition);
      own = read.computeIfAbsent(at, this::begin);
      newest = at;
      newestRead = own;
    }
    own.offset = offset;
    return own.lines;
  }

  private Read begin(Partition partition) {
    DroppedPartition known = restored.remove(partition);
    return new Read(known == null ? new DroppedSequences() : DroppedSequences.of(known.hosts()));
  }

  /** All that is known of one partition; null for nothing. */
  public byte @Nullable [] known(String topic, int partition) {
    Partition at = new Partition(topic, partition);
    Read own = read.get(at);
    if (own != null) {
      return own.lines.toBytes();
    }
    DroppedPartition before = restored.get(at);
    return before == null ? null : before.hosts();
  }

  /** The partition is read on from where this was {@link #known}. */
  public void restore(String topic, int partition, byte[] known) {
    forget(topic, partition);
    restored.put(
        new Partition(topic, partition), new DroppedPartition(topic, partition, 0, false, known));
  }

  /** The partition is read no further. */
  public void forget(String topic, int partition) {
    Partition at = new Partition(topic, partition);
    read.remove(at);
    restored.remove(at);
    newest = null;
    newestRead = null;
  }

  /**
   * For a checkpoint.
   *
   * @param isFirst whether this subtask passes on the state of partitions that nobody has read
   */
  public List<DroppedPartition> toState(boolean isFirst) {
    List<DroppedPartition> state = new ArrayList<>();
    read.forEach(
        (at, own) ->
            state.add(
                new DroppedPartition(
                    at.topic(), at.number(), own.offset, true, own.lines.toBytes())));
    if (isFirst) {
      for (DroppedPartition known : restored.values()) {
        state.add(
            new DroppedPartition(
                known.topic(), known.partition(), known.offset(), false, known.hosts()));
      }
    }
    return state;
  }
}

package io.oomstream.function;

import io.oomstream.state.PassedPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dropped sequence numbers of every partition that a subtask reads. After a restore each
 * subtask is given what all knew, since any may be assigned a partition; what none has read yet is
 * handed on by the first one, so that the next checkpoint still has it.
 */
final class PassedPartitions {

  private record Partition(String topic, int number) {}

  /** A partition that this attempt reads. */
  private static final class Read {
    final PassedLines lines;
    long offset;

    Read(PassedLines lines) {
      this.lines = lines;
    }
  }

  private final Map<Partition, PassedPartition> restored = new HashMap<>();
  private final Map<Partition, Read> read = new HashMap<>();
  private @Nullable Partition newest;
  private @Nullable Read newestRead;

  PassedPartitions(Iterable<PassedPartition> checkpoint) {
    for (PassedPartition known : checkpoint) {
      restored.merge(
          new Partition(known.topic(), known.partition()), known, PassedPartition::orNewer);
    }
  }

  /** What is known of the partition; the record at the offset is about to be read. */
  PassedLines of(String topic, int partition, long offset) {
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
    PassedPartition known = restored.remove(partition);
    return new Read(known == null ? new PassedLines() : PassedLines.of(known.hosts()));
  }

  /**
   * For a checkpoint.
   *
   * @param isFirst whether this is the subtask that hands on what nobody has read
   */
  List<PassedPartition> toState(boolean isFirst) {
    List<PassedPartition> state = new ArrayList<>();
    read.forEach(
        (at, own) ->
            state.add(
                new PassedPartition(
                    at.topic(), at.number(), own.offset, true, own.lines.toBytes())));
    if (isFirst) {
      for (PassedPartition known : restored.values()) {
        state.add(
            new PassedPartition(
                known.topic(), known.partition(), known.offset(), false, known.hosts()));
      }
    }
    return state;
  }
}

package io.oomstream.kafka.source;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.jspecify.annotations.Nullable;

/**
 * What the connector's enumerator (5.0.0) leaves open about its first look for partitions.
 *
 * <ul>
 *   <li>A reader can't tell whether it will get no partition or has not got any yet. It is told
 *       after the look, behind the partitions that are its own: before that it must not count as
 *       idle, or the others' event time would pass lines that nobody has read.
 *   <li>A bounded source that has no topic to read has to end: the connector tells its readers that
 *       nothing more comes only after it has found a partition, and they would wait for ever.
 * </ul>
 */
final class FirstLook implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {

  /** To a reader: the partitions that there were at the first look are assigned. */
  record Over() implements SourceEvent {
    private static final long serialVersionUID = 1L;
  }

  private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator;
  private final SplitEnumeratorContext<KafkaPartitionSplit> context;
  private final ExistingTopics topics;
  private final boolean isBounded;
  private boolean isOver;
  private boolean isEnd;

  FirstLook(
      SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator,
      SplitEnumeratorContext<KafkaPartitionSplit> context,
      ExistingTopics topics,
      boolean isBounded) {
    this.enumerator = enumerator;
    this.context = context;
    this.topics = topics;
    this.isBounded = isBounded;
  }

  /**
   * Asks behind the first look for partitions, in the one worker thread that makes it; and once
   * more behind the offsets that the connector asks for then, before it assigns.
   */
  @Override
  public void start() {
    enumerator.start();
    context.callAsync(
        topics::areNone,
        (areNone, failure) -> {
          if (isBounded && failure == null && areNone) {
            isEnd = true;
            context.registeredReaders().keySet().forEach(context::signalNoMoreSplits);
          }
          context.callAsync(topics::areNone, (none, again) -> tellAll());
        });
  }

  private void tellAll() {
    isOver = true;
    context.registeredReaders().keySet().forEach(this::tell);
  }

  private void tell(int subtask) {
    context.sendEventToSourceReader(subtask, new Over());
  }

  @Override
  public void addReader(int subtask) {
    enumerator.addReader(subtask);
    if (isOver) {
      tell(subtask);
    }
    if (isEnd) {
      context.signalNoMoreSplits(subtask);
    }
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {
    enumerator.handleSplitRequest(subtask, host);
  }

  @Override
  public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {
    enumerator.addSplitsBack(splits, subtask);
  }

  @Override
  public KafkaSourceEnumState snapshotState(long checkpoint) throws Exception {
    return enumerator.snapshotState(checkpoint);
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    enumerator.notifyCheckpointComplete(checkpoint);
  }

  @Override
  public void close() throws IOException {
    enumerator.close();
  }
}

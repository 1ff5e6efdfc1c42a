package io.oomstream.kafka.source;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a bounded source that has no topic to read: the connector's enumerator (5.0.0) tells its
 * readers that nothing more comes only after it has found a partition, and they would wait for
 * ever.
 */
final class EndOfNothing implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {

  private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator;
  private final SplitEnumeratorContext<KafkaPartitionSplit> context;
  private final ExistingTopics topics;
  private boolean isEnd;

  EndOfNothing(
      SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator,
      SplitEnumeratorContext<KafkaPartitionSplit> context,
      ExistingTopics topics) {
    this.enumerator = enumerator;
    this.context = context;
    this.topics = topics;
  }

  /** Asks behind the first look for partitions, in the one worker thread that makes it. */
  @Override
  public void start() {
    enumerator.start();
    context.callAsync(
        topics::areNone,
        (areNone, failure) -> {
          if (failure == null && areNone) {
            isEnd = true;
            context.registeredReaders().keySet().forEach(context::signalNoMoreSplits);
          }
        });
  }

  @Override
  public void addReader(int subtask) {
    enumerator.addReader(subtask);
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

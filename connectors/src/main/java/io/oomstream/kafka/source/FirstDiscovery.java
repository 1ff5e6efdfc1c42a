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
 * Mends what the connector's enumerator (5.0.0) leaves open about its first discovery of
 * partitions.
 *
 * <ul>
 *   <li>A reader can't know whether it will get no partition or has not got any yet. It gets an
 *       event after the discovery, behind its own partitions. Before that it must not count as
 *       idle, or the others' event time would pass lines that nobody has read.
 *   <li>A bounded source that has no topic to read has to end. The connector signals the end only
 *       after it has found a partition, so the readers would wait for ever.
 * </ul>
 */
final class FirstDiscovery implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {

  /** To a reader: the partitions of the first discovery are assigned. */
  record Done() implements SourceEvent {
    private static final long serialVersionUID = 1L;
  }

  private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator;
  private final SplitEnumeratorContext<KafkaPartitionSplit> context;
  private final ExistingTopics topics;
  private final boolean isBounded;
  private boolean isDone;
  private boolean isEnd;

  FirstDiscovery(
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
   * Queues a call behind the discovery, in the one worker thread that makes it, and another one
   * behind the offsets that the connector then asks for before it assigns.
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
          context.callAsync(topics::areNone, (none, again) -> announceToAll());
        });
  }

  private void announceToAll() {
    isDone = true;
    context.registeredReaders().keySet().forEach(this::announce);
  }

  private void announce(int subtask) {
    context.sendEventToSourceReader(subtask, new Done());
  }

  @Override
  public void addReader(int subtask) {
    enumerator.addReader(subtask);
    if (isDone) {
      announce(subtask);
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

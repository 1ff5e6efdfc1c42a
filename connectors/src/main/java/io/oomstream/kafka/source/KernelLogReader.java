package io.oomstream.kafka.source;

import io.oomstream.kafka.source.watermark.IdlePartitions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;
import org.apache.flink.connector.kafka.source.reader.KafkaSourceReader;
import org.apache.flink.connector.kafka.source.reader.fetcher.KafkaSourceFetcherManager;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The connector's reader, and three things that it lacks: it can be restored after a topic was
 * deleted ({@link MissingTopics}); it marks partitions as idle ({@link IdlePartitions}), and itself
 * if it has none; and it reads on while records bring nothing. A split's state is the connector's,
 * and what the {@link KernelLogEmitter} must know to read on.
 */
final class KernelLogReader<T> extends KafkaSourceReader<T> {
  /** Some 50 microseconds. */
  private static final int RECORDS_AT_ONCE = 128;

  /** While records come, idle partitions are checked once in so many polls: a power of two. */
  private static final int POLLS_PER_CHECK = 32;

  private final KernelLogEmitter<T> emitter;
  private final ConsumerAccess access;
  private final MissingTopics missing;
  private final long outOfOrdernessMs;
  private final IdlePartitions idle;
  private final Map<String, IdlePartitions.Watched> partitions = new HashMap<>();
  private boolean isStarted;
  private int polls;
  private boolean isWithoutPartitions;

  KernelLogReader(
      FutureCompletingBlockingQueue<RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>>> queue,
      KafkaSourceFetcherManager fetchers,
      KernelLogEmitter<T> emitter,
      Configuration configuration,
      SourceReaderContext context,
      ConsumerAccess access,
      Properties adminProperties,
      long outOfOrdernessMs,
      IdlePartitions idle) {
    super(queue, fetchers, emitter, configuration, context, access);
    this.emitter = emitter;
    this.access = access;
    missing = new MissingTopics(adminProperties);
    this.outOfOrdernessMs = outOfOrdernessMs;
    this.idle = idle;
  }

  @Override
  public void start() {
    isStarted = true;
    super.start();
  }

  /** Before the start what was restored; later what the enumerator found, which exists. */
  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    List<KafkaPartitionSplit> found = isStarted ? splits : missing.setAside(splits);
    if (!found.isEmpty()) {
      super.addSplits(found);
    }
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
    List<KafkaPartitionSplit> recovered = missing.recovered();
    if (!recovered.isEmpty()) {
      super.addSplits(recovered);
    }
    List<KafkaPartitionSplit> all = new ArrayList<>(super.snapshotState(checkpoint));
    all.addAll(missing.splits());
    return all;
  }

  /**
   * Reads on until a record brings something: most bring nothing, and a turn of the task's loop
   * costs more than such a record. Not for long, as the task has other things to do.
   */
  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    InputStatus status = InputStatus.MORE_AVAILABLE;
    long emitted = emitter.emitted();
    for (int read = 0;
        read < RECORDS_AT_ONCE
            && status == InputStatus.MORE_AVAILABLE
            && emitter.emitted() == emitted;
        read++) {
      status = super.pollNext(output);
    }
    access.publish();
    boolean isMore = status == InputStatus.MORE_AVAILABLE;
    if (!isMore) {
      emitter.pause();
    }
    if (status == InputStatus.END_OF_INPUT) {
      emitLastWatermark(output);
    } else if (idle.isOn() && (!isMore || (++polls & POLLS_PER_CHECK - 1) == 0)) {
      check(output, isMore);
    }
    return status;
  }

  /**
   * At the end of a bounded source Flink sets event time to the end of all time, from where the
   * last periodic watermark was. Without this one, what becomes of the last records would depend on
   * the pace at which they were read.
   */
  private void emitLastWatermark(ReaderOutput<T> output) {
    long newest = emitter.newest();
    if (newest != Long.MIN_VALUE) {
      output.emitWatermark(new Watermark(newest - outOfOrdernessMs - 1));
    }
  }

  /** Comes behind the reader's partitions, if it has any. */
  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof FirstDiscovery.Done) {
      isWithoutPartitions = partitions.isEmpty();
    } else {
      super.handleSourceEvents(event);
    }
  }

  /** Completes after a while although no record has come, so that idle partitions are noticed. */
  @Override
  public CompletableFuture<Void> isAvailable() {
    CompletableFuture<Void> records = super.isAvailable();
    if (!idle.isOn() || records.isDone()) {
      return records;
    }
    CompletableFuture<Void> pause =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, idle.pauseMs(), TimeUnit.MILLISECONDS);
    return CompletableFuture.anyOf(records, pause).thenAccept(first -> {});
  }

  private void check(ReaderOutput<T> output, boolean isMore) {
    if (!idle.isCheckDue()) {
      return;
    }
    BooleanSupplier isAllRead = () -> !isMore && !super.isAvailable().isDone();
    partitions.forEach(
        (split, partition) -> {
          switch (idle.check(partition, isAllRead)) {
            case NONE -> {}
            case TO_IDLE -> {
              output.createOutputForSplit(split).markIdle();
              output.markIdle();
            }
            case TO_ACTIVE -> {
              output.createOutputForSplit(split).markActive();
              output.markActive();
            }
          }
        });
    for (KafkaPartitionSplit split : missing.splits()) {
      output.createOutputForSplit(split.splitId()).markIdle();
    }
    if (isWithoutPartitions && partitions.isEmpty()) {
      isWithoutPartitions = false;
      output.markIdle();
    }
  }

  @Override
  protected KafkaPartitionSplitState initializedState(KafkaPartitionSplit split) {
    emitter.begin(split);
    KafkaPartitionSplitState state = super.initializedState(split);
    partitions.put(split.splitId(), idle.begin(state));
    return state;
  }

  @Override
  protected KafkaPartitionSplit toSplitType(String id, KafkaPartitionSplitState state) {
    return emitter.toSplit(super.toSplitType(id, state));
  }

  @Override
  protected void onSplitFinished(Map<String, KafkaPartitionSplitState> finished) {
    finished.forEach(
        (split, state) -> {
          emitter.end(state);
          partitions.remove(split);
          idle.end(state.getTopicPartition());
        });
    super.onSplitFinished(finished);
  }

  @Override
  public void close() throws Exception {
    missing.close();
    super.close();
  }
}

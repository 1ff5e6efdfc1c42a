package io.oomstream.kafka.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reader that can be restored after a topic went: the connector's (5.0.0) would ask a minute for
 * the place in it, fail, and do so after each restart. What is gone stays in the reader's state and
 * is looked for with each checkpoint. A topic that was gone then too is another one when it comes
 * back, and read from its beginning.
 *
 * <p>It also says which partitions are idle ({@link Silence}), to the outputs that Flink has for
 * each, and to the one for a reader without partitions.
 *
 * <p>A split's state is the connector's, and what the {@link Emission} must know to read on.
 */
final class KernelLogReader<T> extends KafkaSourceReader<T> {
  private static final Logger LOG = LoggerFactory.getLogger(KernelLogReader.class);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

  /** Some 50 microseconds. */
  private static final int RECORDS_AT_ONCE = 128;

  /** Bits of a count: while records come, the clock is seen once in so many turns. */
  private static final int POLLS_A_LOOK = 0x1f;

  private final Emission<T> emission;
  private final EndsMetrics metrics;
  private final Properties adminProperties;
  private final List<KafkaPartitionSplit> gone = new ArrayList<>();
  private final Set<String> surelyGone = new HashSet<>();
  private final long outOfOrdernessMs;
  private final Silence silence;
  private final Map<String, Silence.Quiet> quiet = new HashMap<>();
  private Map<String, KafkaFuture<TopicDescription>> asked = Map.of();
  private @Nullable Admin admin;
  private boolean isStarted;
  private int polls;
  private boolean isWithoutPartitions;

  KernelLogReader(
      FutureCompletingBlockingQueue<RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>>> queue,
      KafkaSourceFetcherManager fetchers,
      Emission<T> emission,
      Configuration configuration,
      SourceReaderContext context,
      EndsMetrics metrics,
      Properties adminProperties,
      long outOfOrdernessMs,
      Silence silence) {
    super(queue, fetchers, emission, configuration, context, metrics);
    this.emission = emission;
    this.metrics = metrics;
    this.adminProperties = adminProperties;
    this.outOfOrdernessMs = outOfOrdernessMs;
    this.silence = silence;
  }

  @Override
  public void start() {
    isStarted = true;
    super.start();
  }

  /** Before the start what was restored; later what the enumerator found, which exists. */
  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    Set<String> missing = isStarted || splits.isEmpty() ? Set.of() : missing(splits);
    List<KafkaPartitionSplit> there = new ArrayList<>();
    for (KafkaPartitionSplit split : splits) {
      (missing.contains(split.getTopic()) ? gone : there).add(split);
    }
    if (!missing.isEmpty()) {
      LOG.warn("Not read until they are there again: topics {}", missing);
    }
    if (!there.isEmpty()) {
      super.addSplits(there);
    }
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
    if (!gone.isEmpty()) {
      lookAgain();
    }
    List<KafkaPartitionSplit> all = new ArrayList<>(super.snapshotState(checkpoint));
    all.addAll(gone);
    return all;
  }

  /**
   * Reads on until a record brings something, since most bring nothing: the way through the task's
   * loop costs more than such a record. Not for long, as the task has other things to do.
   */
  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    InputStatus status = InputStatus.MORE_AVAILABLE;
    long emitted = emission.emitted();
    for (int read = 0;
        read < RECORDS_AT_ONCE
            && status == InputStatus.MORE_AVAILABLE
            && emission.emitted() == emitted;
        read++) {
      status = super.pollNext(output);
    }
    metrics.publish();
    boolean isMore = status == InputStatus.MORE_AVAILABLE;
    if (!isMore) {
      emission.pause();
    }
    if (status == InputStatus.END_OF_INPUT) {
      tellTheEnd(output);
    } else if (silence.isWatched() && (!isMore || (++polls & POLLS_A_LOOK) == 0)) {
      look(output, isMore);
    }
    return status;
  }

  /**
   * At the end of a bounded source Flink lets event time leap to the end of all time, from where
   * the last of its periodic looks at it was: without this, what has become of the last records
   * would depend on the pace at which they were read.
   */
  private void tellTheEnd(ReaderOutput<T> output) {
    long newest = emission.newest();
    if (newest != Long.MIN_VALUE) {
      output.emitWatermark(new Watermark(newest - outOfOrdernessMs - 1));
    }
  }

  /** Behind the partitions that it was given, if any. */
  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof FirstLook.Over) {
      isWithoutPartitions = quiet.isEmpty();
    } else {
      super.handleSourceEvents(event);
    }
  }

  /** Comes back after a while although no record has come: silence is to be noticed. */
  @Override
  public CompletableFuture<Void> isAvailable() {
    CompletableFuture<Void> records = super.isAvailable();
    if (!silence.isWatched() || records.isDone()) {
      return records;
    }
    CompletableFuture<Void> pause =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, silence.pauseMs(), TimeUnit.MILLISECONDS);
    return CompletableFuture.anyOf(records, pause).thenAccept(first -> {});
  }

  private void look(ReaderOutput<T> output, boolean isMore) {
    if (!silence.isTimeToLook()) {
      return;
    }
    BooleanSupplier isAllRead = () -> !isMore && !super.isAvailable().isDone();
    quiet.forEach(
        (split, partition) -> {
          switch (silence.look(partition, isAllRead)) {
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
    for (KafkaPartitionSplit split : gone) {
      output.createOutputForSplit(split.splitId()).markIdle();
    }
    if (isWithoutPartitions && quiet.isEmpty()) {
      isWithoutPartitions = false;
      output.markIdle();
    }
  }

  @Override
  protected KafkaPartitionSplitState initializedState(KafkaPartitionSplit split) {
    emission.begin(split);
    KafkaPartitionSplitState state = super.initializedState(split);
    quiet.put(split.splitId(), silence.begin(state));
    return state;
  }

  @Override
  protected KafkaPartitionSplit toSplitType(String id, KafkaPartitionSplitState state) {
    return emission.toSplit(super.toSplitType(id, state));
  }

  @Override
  protected void onSplitFinished(Map<String, KafkaPartitionSplitState> finished) {
    finished.forEach(
        (split, state) -> {
          emission.end(state);
          quiet.remove(split);
          silence.end(state.getTopicPartition());
        });
    super.onSplitFinished(finished);
  }

  @Override
  public void close() throws Exception {
    closeAdmin();
    super.close();
  }

  /** None where Kafka does not answer. */
  private Set<String> missing(List<KafkaPartitionSplit> splits) {
    Set<String> missing = new TreeSet<>();
    ask(splits);
    asked.forEach(
        (topic, answer) -> {
          await(answer);
          if (isUnknown(answer)) {
            missing.add(topic);
          }
        });
    asked = Map.of();
    if (missing.isEmpty()) {
      closeAdmin();
    }
    return missing;
  }

  private static void await(KafkaFuture<TopicDescription> answer) {
    try {
      answer.get();
    } catch (ExecutionException e) {
      // Whoever looks at it next sees why.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookAgain() {
    if (asked.isEmpty()) {
      ask(gone);
      return;
    }
    if (!asked.values().stream().allMatch(KafkaFuture::isDone)) {
      return;
    }
    List<KafkaPartitionSplit> back = new ArrayList<>(gone);
    asked.forEach(
        (topic, answer) -> {
          if (answer.isCompletedExceptionally()) {
            back.removeIf(split -> split.getTopic().equals(topic));
          }
          if (isUnknown(answer)) {
            surelyGone.add(topic);
          }
        });
    asked = Map.of();
    if (!back.isEmpty()) {
      gone.removeAll(back);
      super.addSplits(back.stream().map(this::fromItsPlace).toList());
    }
    if (gone.isEmpty()) {
      closeAdmin();
    }
  }

  private KafkaPartitionSplit fromItsPlace(KafkaPartitionSplit split) {
    return surelyGone.contains(split.getTopic())
        ? new KafkaPartitionSplit(
            split.getTopicPartition(),
            KafkaPartitionSplit.EARLIEST_OFFSET,
            split.getStoppingOffset().orElse(KafkaPartitionSplit.NO_STOPPING_OFFSET))
        : split;
  }

  private static boolean isUnknown(KafkaFuture<TopicDescription> answer) {
    try {
      answer.getNow(null);
      return false;
    } catch (ExecutionException e) {
      return e.getCause() instanceof UnknownTopicOrPartitionException;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void ask(List<KafkaPartitionSplit> splits) {
    Set<String> topics = new TreeSet<>();
    splits.forEach(split -> topics.add(split.getTopic()));
    Admin client = admin;
    if (client == null) {
      client = Admin.create(adminProperties);
      admin = client;
    }
    asked = new HashMap<>(client.describeTopics(topics).topicNameValues());
  }

  private void closeAdmin() {
    Admin client = admin;
    admin = null;
    asked = Map.of();
    if (client != null) {
      client.close(CLOSE_WITHIN);
    }
  }
}

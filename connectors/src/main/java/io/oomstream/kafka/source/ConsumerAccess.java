package io.oomstream.kafka.source;

import io.oomstream.kafka.source.watermark.CaughtUpCheck;
import io.oomstream.kafka.source.watermark.PartitionEnds;
import java.time.Duration;
import java.util.Set;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Where the connector (5.0.0) lets one reach its consumer: its split reader makes the client itself
 * and keeps it private, but hands it to {@link #registerNumBytesIn} when it is made, and to {@link
 * #maybeAddRecordsLagMetric} after each poll, once for each partition that brought records, in the
 * thread that may use it.
 */
final class ConsumerAccess extends KafkaSourceReaderMetrics {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final PartitionEnds ends;
  private @Nullable TopicPartition current;
  private long offset;
  private final CaughtUpCheck silent;
  private @Nullable KafkaConsumer<?, ?> client;

  ConsumerAccess(SourceReaderMetricGroup group, PartitionEnds ends, CaughtUpCheck silent) {
    super(group);
    this.ends = ends;
    this.silent = silent;
  }

  /** Called with each client that is made. */
  @Override
  public void registerNumBytesIn(KafkaConsumer<?, ?> consumer) {
    super.registerNumBytesIn(consumer);
    client = consumer;
  }

  /** In the fetcher's thread, between two fetches. */
  void askForSilent() {
    KafkaConsumer<?, ?> consumer = client;
    if (consumer != null) {
      silent.ask(consumer, System.currentTimeMillis());
    }
  }

  @Override
  public void maybeAddRecordsLagMetric(KafkaConsumer<?, ?> consumer, TopicPartition partition) {
    super.maybeAddRecordsLagMetric(consumer, partition);
    long now = System.currentTimeMillis();
    Set<TopicPartition> due = ends.due(consumer.assignment(), now);
    if (!due.isEmpty()) {
      ask(consumer, due, now);
    }
  }

  /** Called for each record, in the task's thread: the look-up in a map is left to its end. */
  @Override
  public void recordCurrentOffset(TopicPartition partition, long read) {
    if (!partition.equals(current)) {
      publish();
      current = partition;
    }
    offset = read;
  }

  /** Shows the offset of the newest record that was read. */
  void publish() {
    if (current != null) {
      super.recordCurrentOffset(current, offset);
      current = null;
    }
  }

  private void ask(KafkaConsumer<?, ?> consumer, Set<TopicPartition> due, long now) {
    try {
      consumer.endOffsets(due, TIMEOUT).forEach((p, end) -> ends.answered(p, end, now));
    } catch (KafkaException e) {
      // No answer, or woken up for other work: the records of this poll are on their way already,
      // and the next poll asks again.
    }
  }
}

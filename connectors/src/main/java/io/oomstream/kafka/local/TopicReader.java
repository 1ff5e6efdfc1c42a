package io.oomstream.kafka.local;

import io.oomstream.kafka.KafkaSetupException;
import io.oomstream.kafka.source.RawRecordDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics from their beginning, as any consumer would: for the demo and the tests. Not for
 * several threads.
 */
public final class TopicReader implements AutoCloseable {
  private static final Duration WAIT = Duration.ofMillis(200);
  private static final int EMPTY_POLLS = 150;

  /** After so many, what a transaction has written counts as not committed. */
  private static final int EMPTY_POLLS_OF_OPEN = 25;

  private final Properties properties;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions = new ArrayList<>();

  /** What of a transaction's records is seen. */
  public enum Isolation {
    READ_COMMITTED,
    READ_UNCOMMITTED
  }

  /** At the beginning of the topics' partitions as they are now. */
  public TopicReader(String bootstrapServers, Collection<String> topics, Isolation isolation) {
    Properties p = new Properties();
    p.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    p.setProperty(
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        isolation == Isolation.READ_COMMITTED ? "read_committed" : "read_uncommitted");
    p.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    p.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    p.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    properties = p;
    consumer = new KafkaConsumer<>(p, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    for (String topic : topics) {
      List<PartitionInfo> found = consumer.partitionsFor(topic);
      if (found == null || found.isEmpty()) {
        consumer.close();
        throw new KafkaSetupException("topic " + topic + " does not exist on " + bootstrapServers);
      }
      found.forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /**
   * All that the topic holds now, by partition and offset. A producer's commit returns before the
   * brokers have marked each partition, so records that nobody has marked yet are waited for.
   */
  public static List<ConsumedRecord> readAll(
      String bootstrapServers, String topic, Isolation isolation) {
    try (TopicReader reader = new TopicReader(bootstrapServers, List.of(topic), isolation)) {
      return reader.readToEnd();
    }
  }

  /** The next records, none if the time passes without any. */
  public List<ConsumedRecord> poll(Duration timeout) {
    List<ConsumedRecord> found = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> r : consumer.poll(timeout)) {
      found.add(
          new ConsumedRecord(
              r.topic(),
              r.partition(),
              r.offset(),
              r.timestamp(),
              r.key(),
              r.value(),
              RawRecordDeserializer.headers(r.headers())));
    }
    return found;
  }

  /** Reads that many records and drops them: what Kafka alone can do. */
  public void drain(long records) {
    long left = records;
    while (left > 0) {
      left -= consumer.poll(WAIT).count();
    }
  }

  @Override
  public void close() {
    consumer.close();
  }

  private List<ConsumedRecord> readToEnd() {
    Map<TopicPartition, Long> written = written();
    List<ConsumedRecord> found = new ArrayList<>();
    int empty = 0;
    while (!reached(written)) {
      List<ConsumedRecord> next = poll(WAIT);
      empty = next.isEmpty() ? empty + 1 : 0;
      if (empty >= EMPTY_POLLS_OF_OPEN && reached(consumer.endOffsets(partitions))) {
        break;
      }
      if (empty > EMPTY_POLLS) {
        throw new IllegalStateException("no end of " + partitions + " in sight, wanted " + written);
      }
      found.addAll(next);
    }
    found.sort(
        Comparator.comparingInt(ConsumedRecord::partition)
            .thenComparingLong(ConsumedRecord::offset));
    return found;
  }

  /** The ends with what is not committed: this reader's own ends leave it out. */
  private Map<TopicPartition, Long> written() {
    Properties p = new Properties();
    p.putAll(properties);
    p.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
    try (KafkaConsumer<byte[], byte[]> all =
        new KafkaConsumer<>(p, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return all.endOffsets(partitions);
    }
  }

  private boolean reached(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
  }
}

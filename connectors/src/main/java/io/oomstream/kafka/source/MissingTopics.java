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
import java.util.concurrent.ExecutionException;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The restored splits whose topic does not exist any more. The connector (5.0.0) would ask for the
 * position in it for a minute, fail, and do so again after each restart. They stay in the reader's
 * state, and Kafka is asked for them with each checkpoint. A topic that Kafka did not know once
 * more is another one when it comes back: it is read from its beginning.
 */
final class MissingTopics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MissingTopics.class);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

  private final Properties adminProperties;
  private final List<KafkaPartitionSplit> splits = new ArrayList<>();
  private final Set<String> deleted = new HashSet<>();
  private Map<String, KafkaFuture<TopicDescription>> asked = Map.of();
  private @Nullable Admin admin;

  MissingTopics(Properties adminProperties) {
    this.adminProperties = adminProperties;
  }

  /** The splits of all missing topics. */
  List<KafkaPartitionSplit> splits() {
    return splits;
  }

  /**
   * Keeps the splits whose topic is missing. Waits for Kafka's answer; without one no topic is
   * missing.
   *
   * @return the other splits
   */
  List<KafkaPartitionSplit> setAside(List<KafkaPartitionSplit> restored) {
    if (restored.isEmpty()) {
      return restored;
    }
    Set<String> missing = new TreeSet<>();
    ask(restored);
    asked.forEach(
        (topic, answer) -> {
          await(answer);
          if (isUnknown(answer)) {
            missing.add(topic);
          }
        });
    asked = Map.of();
    if (missing.isEmpty()) {
      close();
      return restored;
    }
    LOG.warn("Topics {} do not exist: they are read when they are there again", missing);
    List<KafkaPartitionSplit> found = new ArrayList<>();
    for (KafkaPartitionSplit split : restored) {
      (missing.contains(split.getTopic()) ? splits : found).add(split);
    }
    return found;
  }

  /**
   * Asks Kafka for the missing topics, or takes its answer to the question before. Never waits.
   *
   * @return the splits whose topic is there again; they are no longer kept
   */
  List<KafkaPartitionSplit> recovered() {
    if (splits.isEmpty()) {
      return List.of();
    }
    if (asked.isEmpty()) {
      ask(splits);
      return List.of();
    }
    if (!asked.values().stream().allMatch(KafkaFuture::isDone)) {
      return List.of();
    }
    List<KafkaPartitionSplit> back = new ArrayList<>(splits);
    asked.forEach(
        (topic, answer) -> {
          if (answer.isCompletedExceptionally()) {
            back.removeIf(split -> split.getTopic().equals(topic));
          }
          if (isUnknown(answer)) {
            deleted.add(topic);
          }
        });
    asked = Map.of();
    splits.removeAll(back);
    if (splits.isEmpty()) {
      close();
    }
    return back.stream().map(this::withPosition).toList();
  }

  private KafkaPartitionSplit withPosition(KafkaPartitionSplit split) {
    return deleted.contains(split.getTopic())
        ? new KafkaPartitionSplit(
            split.getTopicPartition(),
            KafkaPartitionSplit.EARLIEST_OFFSET,
            split.getStoppingOffset().orElse(KafkaPartitionSplit.NO_STOPPING_OFFSET))
        : split;
  }

  private void ask(List<KafkaPartitionSplit> wanted) {
    Set<String> topics = new TreeSet<>();
    wanted.forEach(split -> topics.add(split.getTopic()));
    Admin client = admin;
    if (client == null) {
      client = Admin.create(adminProperties);
      admin = client;
    }
    asked = new HashMap<>(client.describeTopics(topics).topicNameValues());
  }

  private static void await(KafkaFuture<TopicDescription> answer) {
    try {
      answer.get();
    } catch (ExecutionException e) {
      // The reason is looked at where the answer is used.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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

  /** Closes the client; it is made anew if it is needed again. */
  @Override
  public void close() {
    Admin client = admin;
    admin = null;
    asked = Map.of();
    if (client != null) {
      client.close(CLOSE_WITHIN);
    }
  }
}

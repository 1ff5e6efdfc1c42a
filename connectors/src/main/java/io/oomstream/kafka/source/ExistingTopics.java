package io.oomstream.kafka.source;

import io.oomstream.kafka.Backoff;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.flink.connector.kafka.source.enumerator.subscriber.KafkaSubscriber;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions of those of the named topics that exist. The connector's own subscriptions fail
 * the job where a topic is missing or Kafka does not answer; this one waits for its first answer,
 * and later keeps to the last one.
 */
final class ExistingTopics implements KafkaSubscriber {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ExistingTopics.class);

  private final List<String> topics;
  private transient volatile @Nullable Set<TopicPartition> known;

  /**
   * @param topics none to read nothing
   */
  ExistingTopics(List<String> topics) {
    this.topics = List.copyOf(topics);
  }

  /** Called in the enumerator's worker thread, which is interrupted when the job ends. */
  @Override
  public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient admin) {
    Set<TopicPartition> before = known;
    Set<TopicPartition> found = before == null ? first(admin) : next(admin, before);
    known = found;
    return found;
  }

  /** Whether Kafka has answered that none of the topics exists. */
  boolean areNone() {
    Set<TopicPartition> last = known;
    return last != null && last.isEmpty();
  }

  private Set<TopicPartition> first(AdminClient admin) {
    Backoff backoff = new Backoff();
    while (true) {
      try {
        return ask(admin);
      } catch (ExecutionException e) {
        String why = "The partitions of " + topics + " are not known yet: " + e.getCause();
        if (backoff.isTimeToSay()) {
          LOG.warn(why);
        }
        if (!backoff.pause()) {
          throw new IllegalStateException(why, e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while asking for " + topics, e);
      }
    }
  }

  private Set<TopicPartition> next(AdminClient admin, Set<TopicPartition> before) {
    try {
      return ask(admin);
    } catch (ExecutionException e) {
      LOG.warn("No look for new partitions of {} this time: {}", topics, "" + e.getCause());
      return before;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return before;
    }
  }

  private Set<TopicPartition> ask(AdminClient admin)
      throws ExecutionException, InterruptedException {
    Set<TopicPartition> found = new HashSet<>();
    for (KafkaFuture<TopicDescription> answer :
        admin.describeTopics(topics).topicNameValues().values()) {
      try {
        TopicDescription topic = answer.get();
        topic.partitions().forEach(p -> found.add(new TopicPartition(topic.name(), p.partition())));
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    return found;
  }
}

package io.oomstream.kafka.source.watermark;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Whether Kafka has records of silent partitions that were not fetched yet. The task's thread says
 * which partitions it wants to know about, the fetcher's thread asks Kafka between two fetches.
 */
public final class CaughtUpCheck {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  /**
   * Kafka's answer.
   *
   * @param askedAt milliseconds since the epoch
   * @param isCaughtUp whether all records of that moment have been handed to the task: they lie in
   *     its queue, or were read
   */
  record Answer(long askedAt, boolean isCaughtUp) {}

  private final Set<TopicPartition> wanted = ConcurrentHashMap.newKeySet();
  private final Map<TopicPartition, Answer> answers = new ConcurrentHashMap<>();
  private volatile @Nullable Runnable wake;

  /**
   * How the fetcher is woken up while it waits for records.
   *
   * @param call may come from any thread
   */
  public void wakeBy(Runnable call) {
    wake = call;
  }

  /** The partition is asked for before each fetch. */
  void want(TopicPartition partition) {
    wanted.add(partition);
  }

  void forget(TopicPartition partition) {
    wanted.remove(partition);
    answers.remove(partition);
  }

  /** Ends the fetch that waits for records, so that Kafka is asked now. */
  void wakeUpFetcher() {
    Runnable call = wake;
    if (call != null) {
      call.run();
    }
  }

  /** The newest answer; null for none. */
  @Nullable Answer answer(TopicPartition partition) {
    return answers.get(partition);
  }

  /** Asks Kafka; in the fetcher's thread between two fetches: what was fetched is in the queue. */
  public void ask(KafkaConsumer<?, ?> consumer, long now) {
    Set<TopicPartition> due = new HashSet<>(wanted);
    if (due.isEmpty()) {
      return;
    }
    due.retainAll(consumer.assignment());
    if (due.isEmpty()) {
      return;
    }
    try {
      Map<TopicPartition, Long> ends = consumer.endOffsets(due, TIMEOUT);
      for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
        boolean isCaughtUp = consumer.position(end.getKey(), TIMEOUT) >= end.getValue();
        if (wanted.contains(end.getKey())) {
          answers.put(end.getKey(), new Answer(now, isCaughtUp));
        }
      }
    } catch (KafkaException e) {
      // No answer, or woken up for other work: it is asked again before the next fetch.
    }
  }
}

package io.oomstream.kafka.source;

import io.oomstream.kafka.KafkaSetupException;
import java.time.Duration;
import java.util.List;

/**
 * What to read and how event time is made from it.
 *
 * @param topics the topics to read, empty to read nothing; one that does not exist is found when it
 *     is made, while the job runs
 * @param start where to begin without a checkpoint or savepoint
 * @param bounded stop at what the topics hold when the job starts
 * @param outOfOrderness how far behind the newest record of its partition a record may be
 * @param idleness after what time without records a partition that has been read to its end no
 *     longer holds back event time; zero for never
 */
public record SourceOptions(
    List<String> topics, Start start, boolean bounded, Duration outOfOrderness, Duration idleness) {

  /** Where to begin without a checkpoint or savepoint. */
  public enum Start {
    EARLIEST,
    LATEST,
    /** Where the consumer group stands; the earliest record where it stands nowhere. */
    COMMITTED
  }

  /**
   * @throws KafkaSetupException with a line for people
   */
  public SourceOptions {
    topics = List.copyOf(topics);
    if (topics.stream().anyMatch(String::isBlank)) {
      throw new KafkaSetupException("the list of topics to read holds an empty name: " + topics);
    }
    if (outOfOrderness.isNegative() || idleness.isNegative()) {
      throw new KafkaSetupException("out-of-orderness and idleness may not be negative");
    }
  }
}

package io.oomstream.kafka;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What to read and how event time is made from it.
 *
 * @param topics the topics to read; empty if a pattern is given
 * @param topicPattern a regular expression over topic names instead of topics; new topics that
 *     match are found while the job runs
 * @param start where to begin without a checkpoint or savepoint
 * @param bounded stop at what the topics hold when the job starts
 * @param outOfOrderness how far behind the newest record of its partition a record may be
 * @param idleness after what time without records a partition no longer holds back event time; zero
 *     for never
 */
public record SourceOptions(
    List<String> topics,
    @Nullable String topicPattern,
    Start start,
    boolean bounded,
    Duration outOfOrderness,
    Duration idleness) {

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
    if (topics.isEmpty() == (topicPattern == null)) {
      throw new KafkaSetupException(
          "nothing or too much to read: give either topics or a topic pattern");
    }
    if (topics.stream().anyMatch(String::isBlank)) {
      throw new KafkaSetupException("the list of topics to read holds an empty name: " + topics);
    }
    if (topicPattern != null) {
      try {
        Pattern.compile(topicPattern);
      } catch (PatternSyntaxException e) {
        throw new KafkaSetupException(
            "topic pattern '" + topicPattern + "' is no regular expression: " + e.getDescription());
      }
    }
    if (outOfOrderness.isNegative() || idleness.isNegative()) {
      throw new KafkaSetupException("out-of-orderness and idleness may not be negative");
    }
  }
}

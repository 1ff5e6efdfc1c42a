package io.oomstream.kafka.source.watermark;

import io.oomstream.format.line.RawRecord;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * How long the records of a reader's partitions lie before they are read, at the most. Where a
 * partition ends is asked for now and then; when its reader comes to that offset, it was no further
 * behind than the time since the question. From then on it can fall behind by no more than a second
 * in each second.
 *
 * <p>Asked and answered in the reader's fetcher thread, read in the task's thread. Only partitions
 * that someone wants to know about are asked for.
 */
public final class PartitionEnds {

  /** How long after an answer the next question is put. */
  static final long ASK_EVERY_MS = 10_000;

  /** A transaction ends with a record of control that no reader sees. */
  private static final int CONTROL_RECORDS = 1;

  private final Map<TopicPartition, Question> questions = new ConcurrentHashMap<>();

  /** What is known of one partition: never changed, but replaced. */
  private record Question(long askedAt, long end, boolean isOpen, long within, long knownAt) {
    static final Question NEW = new Question(Long.MIN_VALUE, 0, false, RawRecord.UNKNOWN, 0);

    long withinAt(long now) {
      return within == RawRecord.UNKNOWN ? within : within + Math.max(0, now - knownAt);
    }
  }

  /** From now on the partition is asked for. */
  public void want(TopicPartition partition) {
    questions.putIfAbsent(partition, Question.NEW);
  }

  /** The partition is of no interest any more. */
  public void forget(TopicPartition partition) {
    questions.remove(partition);
  }

  /** Those of the partitions whose end is to be asked for now. */
  public Set<TopicPartition> due(Set<TopicPartition> assigned, long now) {
    Set<TopicPartition> due = new HashSet<>();
    questions.forEach(
        (partition, question) -> {
          boolean isDue =
              !question.isOpen()
                  && (question.askedAt() == Long.MIN_VALUE
                      || now - question.askedAt() >= ASK_EVERY_MS);
          if (isDue && assigned.contains(partition)) {
            due.add(partition);
          }
        });
    return due;
  }

  /**
   * Kafka's answer.
   *
   * @param end the offset of the record that is written next
   * @param askedAt when the question was put, milliseconds since the epoch
   */
  public void answered(TopicPartition partition, long end, long askedAt) {
    questions.computeIfPresent(
        partition, (p, old) -> new Question(askedAt, end, true, old.within(), old.knownAt()));
  }

  /** A record comes out of the reader: how long it lay at the most. */
  public long readWithin(TopicPartition partition, long offset, long now) {
    Question known =
        questions.computeIfPresent(
            partition,
            (p, old) ->
                old.isOpen() && offset + 1 + CONTROL_RECORDS >= old.end()
                    ? new Question(
                        old.askedAt(), old.end(), false, Math.max(0, now - old.askedAt()), now)
                    : old);
    return known == null ? RawRecord.UNKNOWN : known.withinAt(now);
  }
}

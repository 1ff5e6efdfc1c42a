package io.oomstream.kafka.source;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partitions of a reader bring no records because there are none. Only such a partition is
 * idle, and delays the others no more: one whose records wait in Kafka or in the client, because
 * the reader is behind or Kafka was away, would find its lines late if event time went on without
 * it.
 *
 * <p>A partition is idle if no record came for the idleness, and Kafka has said since that there is
 * none ({@link SilentEnds}). Where Kafka gives no answer,
 *
 * <ul>
 *   <li>and brings nothing of other partitions either, it is away, and nobody is idle for {@link
 *       #AWAY_MS};
 *   <li>but serves other partitions, the silent one alone cannot be read: after {@link #ALONE_MS}
 *       it is idle.
 * </ul>
 *
 * <p>Times in which the task did not run count for little: a pause of the process is no silence.
 */
final class Silence {

  /** How often the partitions are looked at, at the least. */
  static final long LOOK_EVERY_MS = 1_000;

  /** How often Kafka is asked while a partition is silent. */
  static final long ASK_EVERY_MS = 5_000;

  /** How long an answer holds: without a newer one Kafka may be away. */
  static final long FRESH_MS = 3 * ASK_EVERY_MS;

  /** How long a partition alone may give no sign. */
  static final long ALONE_MS = 60_000;

  /** How long all of them may: as long as the assembler waits in an outage. */
  static final long AWAY_MS = 900_000;

  /** What to do with a partition's output. */
  enum Turn {
    NONE,
    TO_IDLE,
    TO_ACTIVE
  }

  /** One partition; used by the task's thread alone. */
  static final class Quiet {
    private final KafkaPartitionSplitState place;
    private long offset;
    private long since;
    private long sinceAwake;
    private long heardAnswer = Long.MIN_VALUE;
    private boolean isIdle;

    private Quiet(KafkaPartitionSplitState place, long now, long awake) {
      this.place = place;
      begin(now, awake);
    }

    private void begin(long now, long awake) {
      offset = place.getCurrentOffset();
      since = now;
      sinceAwake = awake;
      isIdle = false;
    }
  }

  private final long idlenessMs;
  private final SilentEnds ends;
  private final LongSupplier clock;
  private long lastLook;
  private long awake;
  private long lastSign;
  private long steady;
  private long lastHurry;

  /**
   * @param idlenessMs zero for never
   * @param clock milliseconds since the epoch
   */
  Silence(long idlenessMs, SilentEnds ends, LongSupplier clock) {
    this.idlenessMs = idlenessMs;
    this.ends = ends;
    this.clock = clock;
    lastLook = clock.getAsLong();
    lastSign = lastLook;
    lastHurry = lastLook;
  }

  /** Whether there is such a thing at all. */
  boolean isWatched() {
    return idlenessMs > 0;
  }

  /** When to look again if nothing happens. */
  long pauseMs() {
    return Math.max(1, Math.min(LOOK_EVERY_MS, idlenessMs / 4));
  }

  /** A partition is read from now on. */
  Quiet begin(KafkaPartitionSplitState place) {
    return new Quiet(place, clock.getAsLong(), awake);
  }

  /** The partition is read no more. */
  void end(TopicPartition partition) {
    ends.forget(partition);
  }

  /** Whether it is time to look at the partitions. Then look at each of them. */
  boolean isTimeToLook() {
    long now = clock.getAsLong();
    long elapsed = now - lastLook;
    if (elapsed < pauseMs()) {
      return false;
    }
    long counted = Math.min(elapsed, FRESH_MS);
    awake += counted;
    steady = now - lastSign > FRESH_MS ? 0 : steady + counted;
    lastLook = now;
    return true;
  }

  /**
   * Looks at one partition.
   *
   * @param isAllRead whether the task has read all that was fetched; asked after Kafka's answer is
   *     known, so that it holds for the answer
   */
  Turn look(Quiet partition, BooleanSupplier isAllRead) {
    if (partition.place.getCurrentOffset() != partition.offset) {
      // A record came: what is made of it ends the idleness.
      partition.begin(lastLook, awake);
      ends.forget(partition.place.getTopicPartition());
      lastSign = lastLook;
      return Turn.NONE;
    }
    if (2 * (lastLook - partition.since) < idlenessMs) {
      return Turn.NONE;
    }
    ends.want(partition.place.getTopicPartition());
    boolean isIdle = isIdle(partition, isAllRead);
    if (isIdle == partition.isIdle) {
      return Turn.NONE;
    }
    partition.isIdle = isIdle;
    return isIdle ? Turn.TO_IDLE : Turn.TO_ACTIVE;
  }

  private boolean isIdle(Quiet partition, BooleanSupplier isAllRead) {
    SilentEnds.Answer answer = ends.answer(partition.place.getTopicPartition());
    if (answer != null && answer.askedAt() > partition.heardAnswer) {
      partition.heardAnswer = answer.askedAt();
      lastSign = Math.max(lastSign, answer.askedAt());
    }
    boolean isFresh =
        answer != null
            && answer.askedAt() >= partition.since
            && lastLook - answer.askedAt() <= FRESH_MS;
    if (answer == null || lastLook - answer.askedAt() >= ASK_EVERY_MS) {
      hurry();
    }
    if (lastLook - partition.since < idlenessMs) {
      return false;
    }
    long silent = awake - partition.sinceAwake;
    if (answer != null && isFresh) {
      return answer.isFetched()
          && (partition.isIdle || isAllRead.getAsBoolean() || silent >= ALONE_MS);
    }
    return Math.min(silent, steady) >= ALONE_MS || silent >= AWAY_MS;
  }

  private void hurry() {
    if (lastLook - lastHurry >= Math.min(ASK_EVERY_MS, idlenessMs / 2)) {
      lastHurry = lastLook;
      ends.hurry();
    }
  }
}

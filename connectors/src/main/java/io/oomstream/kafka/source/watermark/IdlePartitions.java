package io.oomstream.kafka.source.watermark;

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
 * none ({@link CaughtUpCheck}). Where Kafka gives no answer,
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
public final class IdlePartitions {

  /** The longest time between two checks. */
  static final long CHECK_EVERY_MS = 1_000;

  /** How often Kafka is asked while a partition is silent. */
  static final long ASK_EVERY_MS = 5_000;

  /** How long an answer counts: without a newer one Kafka may be away. */
  static final long FRESH_MS = 3 * ASK_EVERY_MS;

  /** After how long a partition is idle that alone gives no sign. */
  static final long ALONE_MS = 60_000;

  /** The same if none gives a sign: as long as the assembler waits in an outage. */
  static final long AWAY_MS = 900_000;

  /** What changes for a partition's output. */
  public enum Change {
    NONE,
    TO_IDLE,
    TO_ACTIVE
  }

  /** One partition; used by the task's thread alone. */
  public static final class Watched {
    private final KafkaPartitionSplitState place;
    private long offset;
    private long since;
    private long sinceAwake;
    private long heardAnswer = Long.MIN_VALUE;
    private boolean isIdle;

    private Watched(KafkaPartitionSplitState place, long now, long awake) {
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
  private final CaughtUpCheck ends;
  private final LongSupplier clock;
  private long lastCheck;
  private long awake;
  private long lastSign;
  private long steady;
  private long lastAskedSoon;

  /**
   * @param idlenessMs zero for never
   * @param clock milliseconds since the epoch
   */
  public IdlePartitions(long idlenessMs, CaughtUpCheck ends, LongSupplier clock) {
    this.idlenessMs = idlenessMs;
    this.ends = ends;
    this.clock = clock;
    lastCheck = clock.getAsLong();
    lastSign = lastCheck;
    lastAskedSoon = lastCheck;
  }

  /** Whether partitions can be idle at all. */
  public boolean isOn() {
    return idlenessMs > 0;
  }

  /** When to check again if no record comes, in milliseconds. */
  public long pauseMs() {
    return Math.max(1, Math.min(CHECK_EVERY_MS, idlenessMs / 4));
  }

  /** A partition is read from now on. */
  public Watched begin(KafkaPartitionSplitState place) {
    return new Watched(place, clock.getAsLong(), awake);
  }

  /** The partition is read no more. */
  public void end(TopicPartition partition) {
    ends.forget(partition);
  }

  /** Whether it is time to check the partitions. Then {@link #check} each of them. */
  public boolean isCheckDue() {
    long now = clock.getAsLong();
    long elapsed = now - lastCheck;
    if (elapsed < pauseMs()) {
      return false;
    }
    long counted = Math.min(elapsed, FRESH_MS);
    awake += counted;
    steady = now - lastSign > FRESH_MS ? 0 : steady + counted;
    lastCheck = now;
    return true;
  }

  /**
   * Checks one partition.
   *
   * @param isAllRead whether the task has read all that was fetched; asked after Kafka's answer is
   *     known, so that it holds for the answer
   */
  public Change check(Watched partition, BooleanSupplier isAllRead) {
    if (partition.place.getCurrentOffset() != partition.offset) {
      // A record came: what is made of it ends the idleness.
      partition.begin(lastCheck, awake);
      ends.forget(partition.place.getTopicPartition());
      lastSign = lastCheck;
      return Change.NONE;
    }
    if (2 * (lastCheck - partition.since) < idlenessMs) {
      return Change.NONE;
    }
    ends.want(partition.place.getTopicPartition());
    boolean isIdle = isIdle(partition, isAllRead);
    if (isIdle == partition.isIdle) {
      return Change.NONE;
    }
    partition.isIdle = isIdle;
    return isIdle ? Change.TO_IDLE : Change.TO_ACTIVE;
  }

  private boolean isIdle(Watched partition, BooleanSupplier isAllRead) {
    CaughtUpCheck.Answer answer = ends.answer(partition.place.getTopicPartition());
    if (answer != null && answer.askedAt() > partition.heardAnswer) {
      partition.heardAnswer = answer.askedAt();
      lastSign = Math.max(lastSign, answer.askedAt());
    }
    boolean isFresh =
        answer != null
            && answer.askedAt() >= partition.since
            && lastCheck - answer.askedAt() <= FRESH_MS;
    if (answer == null || lastCheck - answer.askedAt() >= ASK_EVERY_MS) {
      askSoon();
    }
    if (lastCheck - partition.since < idlenessMs) {
      return false;
    }
    long silent = awake - partition.sinceAwake;
    if (answer != null && isFresh) {
      return answer.isCaughtUp()
          && (partition.isIdle || isAllRead.getAsBoolean() || silent >= ALONE_MS);
    }
    return Math.min(silent, steady) >= ALONE_MS || silent >= AWAY_MS;
  }

  private void askSoon() {
    if (lastCheck - lastAskedSoon >= Math.min(ASK_EVERY_MS, idlenessMs / 2)) {
      lastAskedSoon = lastCheck;
      ends.wakeUpFetcher();
    }
  }
}

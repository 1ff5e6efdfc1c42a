package io.oomstream.function;

import io.oomstream.diagnosis.context.EventTime;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Whether a key that waits for event time can be concluded without it. Event time can stand still
 * for ever: every input is idle, one partition is delayed, a clock is a day ahead. But a silent
 * source does not mean a silent key: after a restore or an outage of Kafka the key's next elements
 * exist and are only not read yet. So silence counts while the input is known to be alive, which
 * means that elements of any key come without long gaps. If nothing is known of the input, it
 * counts only after a much longer time.
 *
 * <p>A pure function. All times are parameters: processing time in milliseconds, unless event time
 * is named.
 *
 * @param stallMs how long a key must be silent while others are not
 * @param gapMs longest time between two signs of life in which the input counts as alive; after a
 *     longer one every key's silence begins anew
 * @param patienceMs how long a key must be silent if nothing is known of the input; {@link
 *     Long#MAX_VALUE} for a caller whose source always gives signs of life
 */
record StallRule(long stallMs, long gapMs, long patienceMs) implements Serializable {

  /**
   * A silent key is concluded after so many stall times although nothing is known of the input: as
   * long as the assembler waits for the rest of a block, so that an outage that tears no block
   * tears no episode either.
   */
  static final int PATIENCE = SilenceClock.OUTAGE;

  private static final int GAP = 3;

  /**
   * The rule for a stall time: signs of life at most a third of it apart, or {@value #PATIENCE}
   * times of it without any.
   */
  static StallRule of(long stallMs) {
    return new StallRule(stallMs, Math.max(1, stallMs / GAP), EventTime.times(stallMs, PATIENCE));
  }

  /**
   * What one attempt of one subtask knows of its input. Not in state: an attempt knows nothing
   * about the time before it.
   *
   * @param aliveSince the attempt's first sign of life
   * @param since begin of the current run of signs of life without a long gap
   * @param last the newest sign
   */
  record Pulse(long aliveSince, long since, long last) {}

  /**
   * A key that waits.
   *
   * @param newestElement when its newest element came
   * @param due event time that it waits for
   * @param eventTime of its newest element
   * @param looked when the element came or the key was last checked
   * @param watermarkThen event time then
   */
  record Waiting(long newestElement, long due, long eventTime, long looked, long watermarkThen) {

    /** How far event time still had to advance at that moment. */
    long aheadMs() {
      return Math.max(0, EventTime.minus(due, Math.max(eventTime, watermarkThen)));
    }
  }

  /**
   * After a sign of life: an element of any key, or a source's own word.
   *
   * @param before null for the attempt's first
   */
  Pulse sign(@Nullable Pulse before, long now) {
    if (before == null) {
      return new Pulse(now, now, now);
    }
    boolean gap = EventTime.minus(now, before.last()) > gapMs;
    return new Pulse(before.aliveSince(), gap ? now : before.since(), now);
  }

  /** For elements for which an earlier operator has already waited: only the stall time counts. */
  static StallRule withoutCare(long stallMs) {
    return new StallRule(stallMs, Long.MAX_VALUE, stallMs);
  }

  /** When to check a key for the first time. */
  long firstLookAt(Waiting key) {
    return EventTime.plus(key.newestElement(), EventTime.plus(key.aheadMs(), stallMs));
  }

  /**
   * When to check a key again; not after {@code now} if it is to be concluded now. The number of
   * checks is bounded: they are at least a stall time apart and end with the patience.
   *
   * @param pulse null if the attempt has seen nothing
   * @param watermark event time now
   */
  long lookAt(Waiting key, @Nullable Pulse pulse, long now, long watermark) {
    Pulse alive = pulse == null ? new Pulse(now, now, now) : pulse;
    long needed = EventTime.plus(key.aheadMs(), stallMs);
    long mine = Math.max(key.newestElement(), alive.aliveSince());
    if (isNear(key, EventTime.minus(now, key.looked()), watermark)) {
      return EventTime.plus(now, Math.max(stallMs, EventTime.minus(now, mine)));
    }
    long from = Math.max(mine, alive.since());
    if (EventTime.minus(alive.last(), from) >= needed) {
      return now;
    }
    long atLast = EventTime.plus(mine, EventTime.plus(key.aheadMs(), patienceMs));
    if (atLast <= now) {
      return now;
    }
    long enough = EventTime.plus(from, needed);
    return Math.min(atLast, enough > now ? enough : EventTime.plus(now, stallMs));
  }

  /**
   * Whether event time advances fast enough to reach the key soon, also by leaps while a backlog is
   * read. Otherwise a key a day ahead would wait for a day.
   */
  static boolean isNear(Waiting key, long elapsedMs, long watermark) {
    long moved =
        key.watermarkThen() == Long.MIN_VALUE
            ? (watermark == Long.MIN_VALUE ? 0 : Long.MAX_VALUE)
            : EventTime.minus(watermark, key.watermarkThen());
    if (moved <= 0) {
      return false;
    }
    return moved > EventTime.times(2, elapsedMs)
        || EventTime.minus(key.due(), watermark) <= EventTime.times(4, moved);
  }
}

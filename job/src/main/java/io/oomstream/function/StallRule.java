package io.oomstream.function;

import io.oomstream.diagnosis.context.EventTime;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Whether a key that waits for event time may be concluded without it. Event time can stand still
 * for ever: every input idle, one partition held back, a clock a day ahead. But silence of the
 * source is no silence of the key: after a restore or an outage of Kafka the key's next elements
 * are there and only not read yet. So silence counts while the input is known to be alive, which is
 * while elements of any key come without long gaps; and where nothing tells, only after much more
 * time.
 *
 * <p>A pure function: all times are processing time in milliseconds and parameters, except where
 * event time is named.
 *
 * @param stallMs how long a key must be silent while others are not
 * @param gapMs longest time between two signs of life in which the input counts as alive; after a
 *     longer one every key's silence begins anew
 * @param patienceMs how long a key must be silent if nothing tells of the input; {@link
 *     Long#MAX_VALUE} for a caller whose source always gives signs of life
 */
record StallRule(long stallMs, long gapMs, long patienceMs) implements Serializable {

  /**
   * Nothing can be known of an input that is silent for so many stall times: as long as the
   * assembler waits for the rest of a block, so that an outage that tears no block tears no episode
   * either.
   */
  static final int PATIENCE = SilenceClock.OUTAGE;

  private static final int GAP = 3;

  /**
   * By the stall time alone: signs within a third of it, {@value #PATIENCE} times of it without
   * any.
   */
  static StallRule of(long stallMs) {
    return new StallRule(stallMs, Math.max(1, stallMs / GAP), EventTime.times(stallMs, PATIENCE));
  }

  /**
   * What one attempt of one subtask knows of its input. Never in state: an attempt knows nothing of
   * the time before it.
   *
   * @param aliveSince when the attempt began to see anything
   * @param since begin of the present run of signs of life without a long gap
   * @param last the newest sign
   */
  record Pulse(long aliveSince, long since, long last) {}

  /**
   * A key that waits.
   *
   * @param arrival when its newest element came
   * @param due event time that it waits for
   * @param eventTime of its newest element: had it gone on since, event time would now be there
   * @param looked when the element came, or the key was last looked at
   * @param watermarkThen event time then
   */
  record Waiting(long arrival, long due, long eventTime, long looked, long watermarkThen) {

    /** What event time had to go on by, from the newest element or from where it was by then. */
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

  /** For what an operator before this one has waited for already: silence is no reason to wait. */
  static StallRule withoutCare(long stallMs) {
    return new StallRule(stallMs, Long.MAX_VALUE, stallMs);
  }

  /** When to look at a key first. */
  long firstLookAt(Waiting key) {
    return EventTime.plus(key.arrival(), EventTime.plus(key.aheadMs(), stallMs));
  }

  /**
   * When to look at a key again; not after {@code now} if it is to be concluded now. The number of
   * looks at one key is bounded: each is a stall time after the one before, at least, and after the
   * patience none is needed.
   *
   * @param pulse null if the attempt has seen nothing
   * @param watermark event time now
   */
  long lookAt(Waiting key, @Nullable Pulse pulse, long now, long watermark) {
    Pulse alive = pulse == null ? new Pulse(now, now, now) : pulse;
    long needed = EventTime.plus(key.aheadMs(), stallMs);
    long mine = Math.max(key.arrival(), alive.aliveSince());
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
   * Whether event time moves, and so that it comes to the key soon or by leaps, as when a backlog
   * is read. A key a day ahead would else wait for a day.
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

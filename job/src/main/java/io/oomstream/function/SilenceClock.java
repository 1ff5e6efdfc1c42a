package io.oomstream.function;

import io.oomstream.state.BufferTimers;

/**
 * Distinguishes a silent host from a silent source, by the times at which an attempt of a task
 * received anything at all.
 *
 * <p>There are two clocks, both in processing time. The clock of <b>signs of life</b> advances
 * while elements of any host come or event time advances; a pause longer than a third of the stall
 * time counts as a third. The task's <b>own</b> clock advances while the task is called at all: a
 * task that was stopped or blocked, and finds its timers overdue, must not take that for the
 * silence of a host.
 *
 * <p>A host counts as silent
 *
 * <ul>
 *   <li>after the stall time by the clock of signs of life: others went on;
 *   <li>after {@value #QUIET} stall times by the own clock, if all its blocks are finished: an
 *       outage of the source can't tear them any more, and a quiet source must not delay a kill;
 *   <li>after {@value #OUTAGE} stall times by the own clock in any case.
 * </ul>
 *
 * <p>If a host's clock is so far ahead that event time won't reach its lines, the time that the
 * lines have waited counts instead: such a host may never fall silent.
 *
 * <p>The price: if the only host of a source falls silent in the middle of a block, it is concluded
 * after {@value #OUTAGE} stall times (15 minutes by default), and its finished kill after {@value
 * #QUIET} (2 minutes). A source whose event time advances while it is quiet gives signs of life,
 * which shortens both. An outage longer than {@value #OUTAGE} stall times still tears blocks, and
 * one longer than {@value #QUIET} can separate a kill from its reaper's line.
 */
public final class SilenceClock {

  static final int QUIET = 4;
  static final int OUTAGE = 30;

  private static final long NONE = Long.MIN_VALUE;

  private final long stallMs;
  private final long pauseMs;
  private long attempt = NONE;
  private long lastHeard;
  private long lastAwake;
  private long heard;
  private long awake;
  private long watermark = Long.MIN_VALUE;
  private long advanced;

  /** What to do with a host. */
  enum Verdict {
    WAIT,
    /** Conclude it if no block is torn by that. */
    CONCLUDE_FINISHED,
    CONCLUDE
  }

  SilenceClock(long stallMs) {
    this.stallMs = Math.max(1, Math.min(stallMs, Long.MAX_VALUE / (2 * OUTAGE)));
    pauseMs = Math.max(1, this.stallMs / 3);
  }

  /** An element came. */
  void hear(long now, long eventTime) {
    look(now, eventTime);
    heardAt(now);
  }

  /** A timer fired: event time may have advanced since the last look. */
  void look(long now, long eventTime) {
    if (attempt == NONE) {
      attempt = now;
      lastHeard = now;
      lastAwake = now;
    }
    awake += Math.min(stallMs, Math.max(0, now - lastAwake));
    lastAwake = now;
    if (eventTime > watermark) {
      watermark = eventTime;
      advanced = awake;
      heardAt(now);
    }
  }

  private void heardAt(long now) {
    heard += Math.min(pauseMs, Math.max(0, now - lastHeard));
    lastHeard = now;
  }

  /** A line of the host came now; its silence begins. */
  BufferTimers mark(BufferTimers timers) {
    long since = timers.attempt() == attempt ? timers.since() : awake;
    return new BufferTimers(
        timers.event(), timers.stall(), attempt, heard, awake, since, watermark, false);
  }

  /** Blocks have left the host's buffer; for the rest the waiting starts again. */
  BufferTimers restart(BufferTimers timers) {
    return timers.attempt() == attempt ? timers.withSince(awake) : timers;
  }

  /**
   * What the host's silence means. Call {@link #look} before.
   *
   * @param isFar whether event time can't reach the host's lines before the longest silence is
   *     over, because its clock is wrong. Then the time since the oldest line counts, silent or not
   */
  Verdict verdict(BufferTimers host, long now, boolean isFar) {
    long silence = isFar ? waited(host) : silence(host);
    if (silence >= OUTAGE * stallMs || heardSince(host, now) >= stallMs) {
      return Verdict.CONCLUDE;
    }
    return silence >= QUIET * stallMs && !host.unfinished()
        ? Verdict.CONCLUDE_FINISHED
        : Verdict.WAIT;
  }

  /**
   * Whether event time can still reach what waits for it. After an outage it goes on; if it stood
   * still for longer than an outage may last, nothing waits for it any more.
   */
  boolean isEventTimeMoving() {
    return awake - advanced < OUTAGE * stallMs;
  }

  /**
   * When to look again if no line comes; always after now. A host that is kept although its silence
   * is over is looked at from time to time.
   */
  long nextLook(BufferTimers host, long now) {
    long silence = silence(host);
    long limit = (host.unfinished() ? OUTAGE : QUIET) * stallMs;
    long until = Math.min(stallMs - heardSince(host, now), limit - silence);
    boolean isCovered = now - lastHeard <= pauseMs;
    return now + (until > 0 && isCovered ? until : until > 0 ? Math.min(until, pauseMs) : pauseMs);
  }

  /** When to look for the first time after a line of the host. */
  long firstLook(long now) {
    return now + stallMs;
  }

  /** How long the host has been silent by the own clock, milliseconds. */
  long silence(BufferTimers host) {
    return host.attempt() == attempt ? Math.max(0, awake - host.awake()) : awake;
  }

  private long waited(BufferTimers host) {
    return host.attempt() == attempt ? Math.max(0, awake - host.since()) : awake;
  }

  /** The longest silence before a host is concluded, milliseconds. */
  long longest() {
    return OUTAGE * stallMs;
  }

  private long heardSince(BufferTimers host, long now) {
    long pause = Math.max(0, now - lastHeard);
    long clock = heard + (pause <= pauseMs ? pause : 0);
    return host.attempt() == attempt ? Math.max(0, clock - host.heard()) : clock;
  }
}

package io.oomstream.function;

import io.oomstream.state.BufferTimers;

/**
 * Tells a host that has fallen silent from a source that has: what one attempt of a task knows of
 * the time in which it was given anything at all.
 *
 * <p>Two clocks run, both in processing time. The clock of <b>signs of life</b> goes on while
 * elements of any host come or event time advances; a pause longer than a third of the stall time
 * counts as a third. The <b>own</b> clock goes on while the task is called at all, so that a task
 * that was stopped or blocked, and finds its timers overdue, takes that for no silence of a host.
 *
 * <p>A host is taken for silent
 *
 * <ul>
 *   <li>after the stall time by the clock of signs of life: others went on;
 *   <li>after {@value #QUIET} stall times by the own clock, if all that it has is finished: an
 *       outage of the source cannot tear it any more, and a quiet source must not keep a kill back;
 *   <li>after {@value #OUTAGE} stall times by the own clock in any case: no outage is waited for
 *       longer.
 * </ul>
 *
 * <p>A host whose clock is so far ahead that event time will not come to its lines is taken so by
 * the time that the lines have waited: it may never fall silent.
 *
 * <p>The price: a lone host that falls silent in the middle of a block, in a source that brings
 * nothing else, is concluded after {@value #OUTAGE} stall times (15 minutes by default) and no
 * longer after one, and its finished kill after {@value #QUIET} (2 minutes). A source that lets
 * event time go on while it is healthy and quiet gives the sign of life that shortens both to what
 * event time says. An outage longer than {@value #OUTAGE} stall times still tears blocks, and one
 * longer than {@value #QUIET} may cut off the reaper's line of a kill whose own line had come.
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

  /** What is to be done with a host. */
  enum Verdict {
    WAIT,
    /** Conclude it if that leaves nothing torn. */
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

  /** Something has left the host's buffer; what stays begins to wait anew. */
  BufferTimers restart(BufferTimers timers) {
    return timers.attempt() == attempt ? timers.withSince(awake) : timers;
  }

  /**
   * How the host's silence is to be taken; after {@link #look}.
   *
   * @param isFar whether event time cannot come to the host's lines before the longest silence is
   *     over: its clock is wrong. Then it counts how long they have waited, silent or not
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
   * Whether event time may still come to what waits for it: after an outage it goes on, and what
   * has stood for longer is waited for no more.
   */
  boolean isEventTimeMoving() {
    return awake - advanced < OUTAGE * stallMs;
  }

  /**
   * When to look again, if nothing comes; always after now. A host whose silence is over and that
   * is kept all the same is looked at every now and then.
   */
  long nextLook(BufferTimers host, long now) {
    long silence = silence(host);
    long limit = (host.unfinished() ? OUTAGE : QUIET) * stallMs;
    long until = Math.min(stallMs - heardSince(host, now), limit - silence);
    boolean isCovered = now - lastHeard <= pauseMs;
    return now + (until > 0 && isCovered ? until : until > 0 ? Math.min(until, pauseMs) : pauseMs);
  }

  /** When to look first after a line of the host. */
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

  /** The longest silence that is waited for, milliseconds. */
  long longest() {
    return OUTAGE * stallMs;
  }

  private long heardSince(BufferTimers host, long now) {
    long pause = Math.max(0, now - lastHeard);
    long clock = heard + (pause <= pauseMs ? pause : 0);
    return host.attempt() == attempt ? Math.max(0, clock - host.heard()) : clock;
  }
}

package io.oomstream.function;

import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.state.KeyTimers;
import java.io.Serializable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * Sets a key's two timers: one in event time, for what is due next, and one in processing time, at
 * which the {@link StallRule} decides whether to wait longer.
 *
 * <p>An event-time timer must not be at or before the watermark: Flink fires it within the same
 * watermark, and a function that registers it again would block the task for ever. Such a timer is
 * moved to the next watermark and counted. It should not happen, because a firing concludes
 * everything that is due at the watermark.
 */
@NullUnmarked
final class CoalescedTimer implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The latest time of a timer; {@link Long#MAX_VALUE} means that there is none. */
  private static final long LAST = Long.MAX_VALUE - 1;

  private final StallRule rule;

  private transient StallRule.Pulse pulse;
  private transient long watermark;
  private transient Counter moved;
  private transient Counter stalled;

  CoalescedTimer(StallRule rule) {
    this.rule = rule;
  }

  void open(MetricGroup metrics) {
    pulse = null;
    watermark = Long.MIN_VALUE;
    moved = metrics.counter(Metrics.TIMERS_MOVED);
    stalled = metrics.counter(Metrics.KEYS_STALLED);
  }

  /** The event time up to which everything is due. */
  static long reached(TimerService service) {
    long now = service.currentWatermark();
    return now >= LAST ? Long.MAX_VALUE : now;
  }

  /** The same, less the settling time. */
  static long reached(TimerService service, long settlingMs) {
    long now = reached(service);
    return now == Long.MAX_VALUE ? now : EventTime.minus(now, settlingMs);
  }

  /** The event time up to which a key is concluded if event time stands still. */
  long waitedFor(KeyTimers timers, long settlingMs, TimerService service) {
    long from =
        pulse == null
            ? timers.newestElement()
            : Math.max(timers.newestElement(), pulse.aliveSince());
    long silent = EventTime.minus(service.currentProcessingTime(), from);
    long gone = Math.max(0, EventTime.minus(silent, rule.patienceMs()));
    long until = Math.max(timers.event(), EventTime.plus(timers.eventTime(), gone));
    return until >= LAST ? Long.MAX_VALUE : EventTime.minus(until, settlingMs);
  }

  /** An element of any key: the input is alive. */
  void alive(TimerService service) {
    alive(service.currentProcessingTime());
  }

  void alive(long now) {
    pulse = rule.sign(pulse, now);
  }

  /** An element of this key. */
  KeyTimers arrived(KeyTimers timers, long eventTimeMs, TimerService service) {
    alive(service);
    return timers.arrived(service.currentProcessingTime(), eventTimeMs, service.currentWatermark());
  }

  /** Sets the event-time timer; null for none. */
  KeyTimers wait(KeyTimers timers, @Nullable Long due, TimerService service) {
    return event(timers, due, false, service);
  }

  /** The same at the end of a firing in event time. */
  KeyTimers waitOn(KeyTimers timers, @Nullable Long due, TimerService service) {
    return event(timers, due, true, service);
  }

  private KeyTimers event(
      KeyTimers timers, @Nullable Long due, boolean firing, TimerService service) {
    long at = due == null ? KeyTimers.NONE : Math.min(due, LAST);
    long passed = service.currentWatermark();
    if (due != null && at <= passed) {
      if (firing) {
        moved.inc();
      }
      // At the end of time only a firing concludes everything; outside of one the end of input,
      // which is the only watermark left, fires what is registered in the past.
      at = passed < LAST ? passed + 1 : firing ? KeyTimers.NONE : LAST;
    }
    KeyTimers now = timers;
    if (at != now.event()) {
      if (now.event() != KeyTimers.NONE) {
        service.deleteEventTimeTimer(now.event());
      }
      if (at != KeyTimers.NONE) {
        service.registerEventTimeTimer(at);
      }
      now = now.withEvent(at);
    }
    return at == KeyTimers.NONE
        ? processing(now, KeyTimers.NONE, service)
        : processing(now, Math.min(now.processing(), firstLook(now, service)), service);
  }

  private long firstLook(KeyTimers timers, TimerService service) {
    return Math.max(
        service.currentProcessingTime() + 1, Math.min(LAST, rule.firstLookAt(waiting(timers))));
  }

  /**
   * At a firing in processing time.
   *
   * @return null if the key is to be concluded; else its timers, to be looked at again
   */
  @Nullable KeyTimers lookAgain(KeyTimers timers, StallRule by, TimerService service) {
    long now = service.currentProcessingTime();
    long eventTime = service.currentWatermark();
    if (pulse == null || eventTime > watermark) {
      alive(now);
    }
    watermark = eventTime;
    long next = by.lookAt(waiting(timers), pulse, now, eventTime);
    if (next <= now) {
      stalled.inc();
      return null;
    }
    return processing(timers.lookedAt(now, eventTime), Math.min(next, LAST), service);
  }

  @Nullable KeyTimers lookAgain(KeyTimers timers, TimerService service) {
    return lookAgain(timers, rule, service);
  }

  /**
   * Whether event time has advanced since the last check of the key: then its own time is ahead.
   */
  static boolean isAhead(KeyTimers timers, TimerService service) {
    return timers.watermark() != Long.MIN_VALUE && service.currentWatermark() > timers.watermark();
  }

  private static KeyTimers processing(KeyTimers timers, long at, TimerService service) {
    if (at == timers.processing()) {
      return timers;
    }
    if (timers.processing() != KeyTimers.NONE) {
      service.deleteProcessingTimeTimer(timers.processing());
    }
    if (at != KeyTimers.NONE) {
      service.registerProcessingTimeTimer(at);
    }
    return timers.withProcessing(at);
  }

  private static StallRule.Waiting waiting(KeyTimers timers) {
    return new StallRule.Waiting(
        timers.newestElement(),
        timers.event(),
        timers.eventTime(),
        timers.looked(),
        timers.watermark());
  }
}

package io.oomstream.function;

import io.oomstream.state.KeyTimers;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/** Moves a key's one timer of each kind. */
final class OneTimer {

  private OneTimer() {}

  /** Has the key called at that event time and no other; null for not at all. */
  static KeyTimers event(KeyTimers timers, @Nullable Long at, TimerService service) {
    long due = at == null ? KeyTimers.NONE : at;
    if (due == timers.event()) {
      return timers;
    }
    if (timers.event() != KeyTimers.NONE) {
      service.deleteEventTimeTimer(timers.event());
    }
    if (due != KeyTimers.NONE) {
      service.registerEventTimeTimer(due);
    }
    return timers.withEvent(due);
  }

  /** The same in processing time. */
  static KeyTimers processing(KeyTimers timers, @Nullable Long at, TimerService service) {
    long due = at == null ? KeyTimers.NONE : at;
    if (due == timers.processing()) {
      return timers;
    }
    if (timers.processing() != KeyTimers.NONE) {
      service.deleteProcessingTimeTimer(timers.processing());
    }
    if (due != KeyTimers.NONE) {
      service.registerProcessingTimeTimer(due);
    }
    return timers.withProcessing(due);
  }
}

package io.oomstream.local;

import io.oomstream.diagnosis.context.EventTime;

/** How far event time has come, milliseconds; {@link Long#MAX_VALUE} is the end of the input. */
record EventClock(long now) {

  static final EventClock BEGIN = new EventClock(Long.MIN_VALUE);

  boolean isEnd() {
    return now == Long.MAX_VALUE;
  }

  /** The time up to which all has come that needs so long. */
  long less(long settlingMs) {
    return isEnd() ? now : EventTime.minus(now, settlingMs);
  }
}

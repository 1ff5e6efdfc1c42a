package io.oomstream.kafka;

import io.oomstream.format.line.RawRecord;
import io.oomstream.kafka.source.watermark.ClockCheckedWatermarks;
import java.time.Duration;

/** One partition's event time, by a clock of its own. */
public final class ClockCheckedWatermarksProbe {
  private long now = SimulatedTopic.T0;
  private final ClockCheckedWatermarks<Long> watermarks =
      new ClockCheckedWatermarks<>(Duration.ofSeconds(2), () -> now, within -> within);

  public long now() {
    return now;
  }

  public void advance(long ms) {
    now += ms;
  }

  /** A record of that distance from now, read at once. */
  public void event(long distance) {
    watermarks.onEvent(0L, now + distance, new LastWatermark());
  }

  /** A record of which nobody knows how long it lay. */
  public void unknown(long distance) {
    watermarks.onEvent(RawRecord.UNKNOWN, now + distance, new LastWatermark());
  }

  public String emitted() {
    LastWatermark output = new LastWatermark();
    watermarks.onPeriodicEmit(output);
    return output.text();
  }
}

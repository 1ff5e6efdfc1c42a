package io.oomstream.kafka;

import io.oomstream.format.RawRecord;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** One partition's event time, by a clock of its own. */
final class SteadyWatermarksProbe implements WatermarkOutput {
  private long now = SimulatedTopic.T0;
  private String said = "nothing";
  private final SteadyWatermarks<Long> watermarks =
      new SteadyWatermarks<>(Duration.ofSeconds(2), () -> now, within -> within);

  long now() {
    return now;
  }

  void advance(long ms) {
    now += ms;
  }

  /** A record of that distance from now, read at once. */
  void event(long distance) {
    watermarks.onEvent(0L, now + distance, this);
  }

  /** A record of which nobody knows how long it lay. */
  void unknown(long distance) {
    watermarks.onEvent(RawRecord.UNKNOWN, now + distance, this);
  }

  String emitted() {
    said = "nothing";
    watermarks.onPeriodicEmit(this);
    return said;
  }

  @Override
  public void emitWatermark(Watermark watermark) {
    said = "" + watermark.getTimestamp();
  }

  @Override
  public void markIdle() {
    said = "idle";
  }

  @Override
  public void markActive() {
    said = "active";
  }
}

package io.oomstream.kafka;

import io.oomstream.format.line.RawRecord;
import io.oomstream.kafka.source.watermark.ClockCheckedWatermarks;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** One partition's event time, by a clock of its own. */
public final class ClockCheckedWatermarksProbe implements WatermarkOutput {
  private long now = SimulatedTopic.T0;
  private String said = "nothing";
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
    watermarks.onEvent(0L, now + distance, this);
  }

  /** A record of which nobody knows how long it lay. */
  public void unknown(long distance) {
    watermarks.onEvent(RawRecord.UNKNOWN, now + distance, this);
  }

  public String emitted() {
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

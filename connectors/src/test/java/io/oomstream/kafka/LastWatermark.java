package io.oomstream.kafka;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** The last thing that a generator of watermarks did. */
public final class LastWatermark implements WatermarkOutput {
  private String text = "nothing";

  /** {@code nothing}, {@code idle}, {@code active}, or the watermark's time. */
  public String text() {
    return text;
  }

  @Override
  public void emitWatermark(Watermark watermark) {
    text = Long.toString(watermark.getTimestamp());
  }

  @Override
  public void markIdle() {
    text = "idle";
  }

  @Override
  public void markActive() {
    text = "active";
  }
}

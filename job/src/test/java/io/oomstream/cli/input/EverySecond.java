package io.oomstream.cli.input;

import io.oomstream.format.line.RawRecord;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** Watermarks of merged logs, which are in order: driven by the lines alone, never by the clock. */
final class EverySecond implements WatermarkGenerator<RawRecord> {

  private long last = Long.MIN_VALUE;

  @Override
  public void onEvent(RawRecord record, long timestamp, WatermarkOutput output) {
    long second = Math.floorDiv(timestamp, 1000L) * 1000L;
    if (second > last) {
      last = second;
      output.emitWatermark(new Watermark(second - 1));
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {}
}

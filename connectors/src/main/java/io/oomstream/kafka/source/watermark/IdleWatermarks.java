package io.oomstream.kafka.source.watermark;

import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** Of a source that reads nothing: idle from the start, so that it holds up nobody. */
public final class IdleWatermarks<T> implements WatermarkGenerator<T> {

  @Override
  public void onEvent(T event, long timestamp, WatermarkOutput output) {}

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    output.markIdle();
  }
}

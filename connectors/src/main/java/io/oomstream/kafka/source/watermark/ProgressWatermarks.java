package io.oomstream.kafka.source.watermark;

import java.util.function.Predicate;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** Event time from the marks of progress alone: what lies between them says nothing of it. */
public record ProgressWatermarks<T>(Predicate<T> isProgress, WatermarkGenerator<T> marks)
    implements WatermarkGenerator<T> {

  @Override
  public void onEvent(T element, long timestamp, WatermarkOutput output) {
    if (isProgress.test(element)) {
      marks.onEvent(element, timestamp, output);
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    marks.onPeriodicEmit(output);
  }
}

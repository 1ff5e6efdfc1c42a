package io.oomstream.kafka.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.SourceOutput;

/** What an emitter gives out, each element with its time. */
final class CollectedOutput<T> implements SourceOutput<T> {
  private final List<T> elements = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();

  List<T> elements() {
    return elements;
  }

  List<Long> times() {
    return times;
  }

  T last() {
    return elements.get(elements.size() - 1);
  }

  @Override
  public void collect(T element) {
    throw new AssertionError("without a time");
  }

  @Override
  public void collect(T element, long timestamp) {
    elements.add(element);
    times.add(timestamp);
  }

  @Override
  public void emitWatermark(Watermark watermark) {}

  @Override
  public void markIdle() {}

  @Override
  public void markActive() {}
}

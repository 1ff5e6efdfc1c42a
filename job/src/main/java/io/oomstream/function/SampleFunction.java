package io.oomstream.function;

import io.oomstream.diagnosis.Observation;
import io.oomstream.trend.MachineSample;
import io.oomstream.trend.Measures;
import org.apache.flink.api.common.functions.MapFunction;

/** What a report says of the machine's memory, as a sample. */
public final class SampleFunction implements MapFunction<Observation, MachineSample> {

  private static final long serialVersionUID = 1L;

  @Override
  public MachineSample map(Observation seen) {
    return Measures.of(seen);
  }
}

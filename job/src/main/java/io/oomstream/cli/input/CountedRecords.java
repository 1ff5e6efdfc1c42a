package io.oomstream.cli.input;

import io.oomstream.format.line.RawRecord;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.jspecify.annotations.NullUnmarked;

/**
 * Counts the lines that go by, so that "nothing could be read" can be told from "nothing found".
 */
@NullUnmarked
final class CountedRecords extends RichMapFunction<RawRecord, RawRecord> {

  private static final long serialVersionUID = 1L;
  private static final String NAME = "lines";

  private final LongCounter lines = new LongCounter();

  static long of(JobExecutionResult result) {
    Long count = result.getAccumulatorResult(NAME);
    return count == null ? 0 : count;
  }

  @Override
  public void open(OpenContext context) {
    getRuntimeContext().addAccumulator(NAME, lines);
  }

  @Override
  public RawRecord map(RawRecord value) {
    lines.add(1);
    return value;
  }
}

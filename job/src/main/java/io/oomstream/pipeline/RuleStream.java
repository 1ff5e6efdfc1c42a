package io.oomstream.pipeline;

import io.oomstream.format.RawRecord;
import io.oomstream.state.Types;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The rules of a job that has none. */
final class RuleStream {

  private RuleStream() {}

  /** An empty stream that ends at once and so never holds up event time. */
  static DataStream<RawRecord> none(DataStream<?> beside) {
    return beside
        .getExecutionEnvironment()
        .fromData(List.of(), Types.RAW_RECORD)
        .setParallelism(1)
        .name("no rules");
  }
}

package io.oomstream.pipeline;

import io.oomstream.format.line.RawRecord;
import io.oomstream.state.Types;
import io.oomstream.state.Uids;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;

/** The rules of a job that has none. */
final class RuleStream {

  private RuleStream() {}

  /**
   * An empty stream. It has no source of its own, whose state would be in savepoints and keep a job
   * from being given rules later, and its event time is that of the stream beside it.
   */
  static <T> DataStream<RawRecord> none(DataStream<T> beside) {
    return beside
        .flatMap((T element, Collector<RawRecord> out) -> {})
        .returns(Types.RAW_RECORD)
        .name("no rules")
        .uid(Uids.NO_RULES);
  }
}

package io.oomstream.pipeline;

import io.oomstream.format.line.RawRecord;
import io.oomstream.state.Types;
import io.oomstream.state.Uids;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;

/** The rules of a job without a rules topic. */
final class RuleStream {

  private RuleStream() {}

  /**
   * An empty stream with the event time of the stream beside it. It has no source: the state of a
   * source would be in savepoints, and rules could not be added later.
   */
  static <T> DataStream<RawRecord> none(DataStream<T> beside) {
    return beside
        .flatMap((T element, Collector<RawRecord> out) -> {})
        .returns(Types.RAW_RECORD)
        .name("no rules")
        .uid(Uids.NO_RULES);
  }
}

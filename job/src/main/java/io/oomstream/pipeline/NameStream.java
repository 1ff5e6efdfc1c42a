package io.oomstream.pipeline;

import io.oomstream.anomaly.Unnamed;
import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.format.line.RawRecord;
import io.oomstream.function.NameFunction;
import io.oomstream.function.catalogue.CatalogueReadFunction;
import io.oomstream.function.catalogue.CatalogueRetentionFunction;
import io.oomstream.state.Types;
import io.oomstream.state.Uids;
import io.oomstream.workload.CatalogueEntry;
import io.oomstream.workload.CatalogueReader;
import io.oomstream.workload.KnownNamesChange;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** The names of containers and pods: from the catalogue to what waits for them. */
final class NameStream {

  private NameStream() {}

  /**
   * The entries of the catalogue, in the event time of both the catalogue and the logs: so what old
   * logs need is not forgotten while they are read.
   *
   * @param records null for none
   */
  static <T> SingleOutputStreamOperator<CatalogueEntry> entries(
      @Nullable DataStream<RawRecord> records, DataStream<T> logs, JobConfig config) {
    DataStream<RawRecord> logTime =
        logs.flatMap((T element, Collector<RawRecord> out) -> {})
            .returns(Types.RAW_RECORD)
            .name("event time of the logs")
            .uid(Uids.LOG_TIME);
    return (records == null ? logTime : records.union(logTime))
        .process(
            new CatalogueReadFunction(
                new CatalogueReader(Set.copyOf(config.get(OomOptions.NAME_LABELS)))))
        .returns(Types.CATALOGUE_ENTRY)
        .name("names read")
        .uid(Uids.CATALOGUE);
  }

  /** Kills; signals and occurrences are side outputs. */
  static SingleOutputStreamOperator<OutgoingEvent> of(
      DataStream<Unnamed> unnamed, DataStream<CatalogueEntry> entries, JobConfig config) {
    DataStream<KnownNamesChange> books =
        entries
            .keyBy(CatalogueEntry::nodeKey, TypeInformation.of(String.class))
            .process(new CatalogueRetentionFunction())
            .returns(Types.KNOWN_NAMES_CHANGE)
            .name("names of nodes")
            .uid(Uids.RETENTION);
    return unnamed
        .connect(books)
        .keyBy(Unnamed::key, KnownNamesChange::key, TypeInformation.of(String.class))
        .process(
            new NameFunction(config.namesWaitMs(), config.get(OomOptions.STALL_TIME).toMillis()))
        .returns(Types.EVENT)
        .name("names")
        .uid(Uids.NAMES);
  }
}

package io.oomstream.cli.input;

import io.oomstream.config.JobConfig;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.format.line.RawRecord;
import io.oomstream.function.DecodeFunction;
import io.oomstream.pipeline.OomPipeline;
import io.oomstream.state.Types;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.SplittableIterator;

/** Runs the job's graph over the records that {@code analyze} reads, with an embedded Flink. */
public final class FlinkAnalysis {

  private FlinkAnalysis() {}

  /** Everything that the graph gives, whole blocks too. */
  public static FileAnalysis.Result run(List<LogFile> files, JobConfig config) throws Exception {
    StreamExecutionEnvironment env = environment();
    MergedLogs logs = new MergedLogs(files, null, config);
    DataStream<RawRecord> records =
        env.fromParallelCollection(new SharedRecords(logs), Types.RAW_RECORD)
            .setParallelism(1)
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<RawRecord>forGenerator(context -> new EverySecond())
                    .withTimestampAssigner((record, before) -> record.timestamp()));
    CollectingSink<OutgoingEvent> kills = new CollectingSink<>();
    CollectingSink<OutgoingEvent> signals = new CollectingSink<>();
    CollectingSink<OutgoingEvent> blocks = new CollectingSink<>();
    CollectingSink<DeadLetter> deadLetters = new CollectingSink<>();
    OomPipeline.build(
        DecodeFunction.read(records, config.decodeSettings()),
        config,
        new OomPipeline.Sinks(kills, signals, blocks, deadLetters));
    env.execute("graph over files");
    return new FileAnalysis.Result(
        kills.take(),
        signals.take(),
        blocks.take(),
        deadLetters.take(),
        logs.summary(),
        logs.refused());
  }

  /** For bounded input: no checkpoints, a failure ends the run. */
  private static StreamExecutionEnvironment environment() {
    Configuration conf = new Configuration();
    conf.set(PipelineOptions.GENERIC_TYPES, false);
    conf.set(PipelineOptions.OBJECT_REUSE, true);
    conf.set(CoreOptions.DEFAULT_PARALLELISM, 1);
    conf.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return StreamExecutionEnvironment.getExecutionEnvironment(conf);
  }

  /** Found by number, since what is handed to Flink is copied. */
  private static final class SharedRecords extends SplittableIterator<RawRecord> {

    private static final long serialVersionUID = 1L;
    private static final Map<Long, Iterator<RawRecord>> SHARED = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT = new AtomicLong();

    private final long number = NEXT.incrementAndGet();

    SharedRecords(Iterator<RawRecord> records) {
      SHARED.put(number, records);
    }

    private Iterator<RawRecord> records() {
      return Objects.requireNonNull(SHARED.get(number));
    }

    @Override
    public boolean hasNext() {
      return records().hasNext();
    }

    @Override
    public RawRecord next() {
      return records().next();
    }

    @Override
    @SuppressWarnings("unchecked") // arrays of generics have no other way
    public Iterator<RawRecord>[] split(int parts) {
      return new Iterator[] {this};
    }

    @Override
    public int getMaximumNumberOfSplits() {
      return 1;
    }
  }
}

package io.oomstream.cli.input;

import io.oomstream.cli.report.UnfinishedBlocks;
import io.oomstream.cli.summary.InputSummary;
import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.format.line.RawRecord;
import io.oomstream.pipeline.OomPipeline;
import io.oomstream.state.Types;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Runs the job's pipeline over log files, in this process. */
public final class FileAnalysis {

  /**
   * What came out.
   *
   * @param blocks what was asked for
   * @param summary what was read
   * @param unreadable how many logs gave nothing because they could not be opened
   */
  public record Result(
      List<OutgoingEvent> kills,
      List<OutgoingEvent> signals,
      List<OutgoingEvent> blocks,
      List<DeadLetter> deadLetters,
      InputSummary summary,
      int unreadable) {}

  /** Which whole reports are wanted. */
  public enum Blocks {
    NONE,
    /** {@link UnfinishedBlocks}. */
    UNFINISHED,
    ALL
  }

  private FileAnalysis() {}

  /**
   * Analyses the files.
   *
   * @param host the name of hosts that the lines do not name; null to take the file's path
   */
  public static Result run(
      List<LogFile> files, @Nullable String host, JobConfig config, Blocks blocks)
      throws UnusableInput, BadOptionException {
    StreamExecutionEnvironment env = EmbeddedFlink.bounded();
    MergedLogs logs = new MergedLogs(files, host, config);
    SharedRecords shared = new SharedRecords(logs);
    DataStream<RawRecord> records =
        env.fromParallelCollection(shared, Types.RAW_RECORD)
            .setParallelism(1)
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<RawRecord>forGenerator(context -> new EverySecond())
                    .withTimestampAssigner((record, before) -> record.timestamp()));
    CollectingSink<OutgoingEvent> kills = new CollectingSink<>();
    CollectingSink<OutgoingEvent> signals = new CollectingSink<>();
    CollectingSink<OutgoingEvent> wholeBlocks =
        blocks == Blocks.UNFINISHED
            ? new CollectingSink<>(UnfinishedBlocks::isOne)
            : new CollectingSink<>();
    CollectingSink<DeadLetter> deadLetters = new CollectingSink<>();
    OomPipeline.build(
        OomPipeline.read(records, config),
        config,
        new OomPipeline.Sinks(
            kills, signals, blocks == Blocks.NONE ? null : wholeBlocks, deadLetters));
    try {
      env.execute("oomstream analyze");
    } catch (Exception e) {
      throw new UnusableInput(rootMessage(e));
    } finally {
      shared.release();
    }
    return new Result(
        kills.take(),
        signals.take(),
        wholeBlocks.take(),
        deadLetters.take(),
        logs.summary(),
        logs.refused());
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && !(root instanceof java.io.UncheckedIOException)) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : message.replace('\n', ' ');
  }
}

package io.oomstream.pipeline;

import io.oomstream.anomaly.Outbound;
import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.format.line.RawRecord;
import io.oomstream.function.AssembleFunction;
import io.oomstream.function.DiagnoseFunction;
import io.oomstream.function.IntakeFunction;
import io.oomstream.function.MuteFunction;
import io.oomstream.function.Outputs;
import io.oomstream.function.RuleFunction;
import io.oomstream.function.SnapshotFunction;
import io.oomstream.function.TrendFunction;
import io.oomstream.intake.IntakeItem;
import io.oomstream.rule.RuleChange;
import io.oomstream.state.States;
import io.oomstream.state.Types;
import io.oomstream.state.Uids;
import io.oomstream.trend.MachineSample;
import io.oomstream.workload.CatalogueEntry;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.jspecify.annotations.Nullable;

/**
 * The graph: the way of a line in eight steps. Reading (1) and finding the lines that can belong to
 * a block (2) are the caller's, who hands in a stream of what was found with its watermarks: the
 * Kafka source does both ({@link KernelLogReading}). Writing (8) ends in the sinks that the caller
 * hands in.
 */
public final class OomPipeline {

  private OomPipeline() {}

  /**
   * Where the results go.
   *
   * @param blocks null to write no blocks
   */
  public record Sinks(
      Sink<OutgoingEvent> kills,
      Sink<OutgoingEvent> signals,
      @Nullable Sink<OutgoingEvent> blocks,
      Sink<DeadLetter> deadLetters) {}

  /**
   * What is read beside the logs; each null for none.
   *
   * @param snapshots records of memory snapshots
   * @param rules records of the rules topic
   * @param workloads records of the catalogue of workloads
   */
  public record Inputs(
      @Nullable DataStream<RawRecord> snapshots,
      @Nullable DataStream<RawRecord> rules,
      @Nullable DataStream<RawRecord> workloads) {}

  /** Steps 3 to 8 from the logs alone. */
  public static void build(DataStream<IntakeItem> items, JobConfig config, Sinks sinks)
      throws BadOptionException {
    build(items, new Inputs(null, null, null), config, sinks);
  }

  /**
   * Steps 3 to 8.
   *
   * @param items what the records of the logs hold, with their event time
   */
  public static void build(
      DataStream<IntakeItem> items, Inputs inputs, JobConfig config, Sinks sinks)
      throws BadOptionException {
    SingleOutputStreamOperator<HostLine> blockLines =
        items
            .process(new IntakeFunction())
            .returns(Types.HOST_LINE)
            .name("lines and dead letters")
            .uid(Uids.INTAKE);

    SingleOutputStreamOperator<LineBlock> assembled =
        blockLines
            .keyBy(line -> line.line().key(), TypeInformation.of(String.class))
            .process(new AssembleFunction(config.assembleSettings()))
            .returns(Types.LINE_BLOCK)
            .name("assemble")
            .uid(Uids.ASSEMBLE);

    SingleOutputStreamOperator<RuleChange> ruleChanges =
        (inputs.rules() == null ? RuleStream.none(assembled) : inputs.rules())
            .keyBy(record -> 0, TypeInformation.of(Integer.class))
            .process(new RuleFunction())
            .returns(Types.RULE_CHANGE)
            .name("rules")
            .uid(Uids.RULES)
            .setParallelism(1)
            .setMaxParallelism(1);
    BroadcastStream<RuleChange> rules = ruleChanges.broadcast(States.rules());

    SingleOutputStreamOperator<MachineSample> diagnosed =
        assembled
            .connect(rules)
            .process(
                new DiagnoseFunction(
                    config.thresholds(),
                    config.language(),
                    sinks.blocks() != null && config.get(OomOptions.BLOCKS_ENABLED),
                    config.isNamed()))
            .returns(Types.MACHINE_SAMPLE)
            .name("parse and diagnose")
            .uid(Uids.DIAGNOSE);

    SingleOutputStreamOperator<MachineSample> snapshotSamples =
        inputs.snapshots() == null
            ? null
            : inputs
                .snapshots()
                .process(new SnapshotFunction(config.hostName()))
                .returns(Types.MACHINE_SAMPLE)
                .name("read snapshots")
                .uid(Uids.SNAPSHOTS);
    DataStream<Outbound> trendSignals = trends(diagnosed, snapshotSamples, config);
    SingleOutputStreamOperator<CatalogueEntry> entries =
        NameStream.entries(inputs.workloads(), assembled, config);
    SingleOutputStreamOperator<OutgoingEvent> named =
        NameStream.of(diagnosed.getSideOutput(Outputs.UNNAMED), entries, config);
    DataStream<Outbound> episodes =
        Incidents.of(
            diagnosed
                .getSideOutput(Outputs.OCCURRENCES)
                .union(named.getSideOutput(Outputs.OCCURRENCES)),
            rules,
            config);

    diagnosed
        .getSideOutput(Outputs.KILLS)
        .union(named)
        .sinkTo(sinks.kills())
        .name("kills")
        .uid(Uids.KILLS_SINK);
    diagnosed
        .getSideOutput(Outputs.SIGNALS)
        .union(named.getSideOutput(Outputs.SIGNALS), trendSignals, episodes)
        .connect(rules)
        .process(new MuteFunction())
        .returns(Types.EVENT)
        .name("mute")
        .uid(Uids.MUTE)
        .sinkTo(sinks.signals())
        .name("signals")
        .uid(Uids.SIGNALS_SINK);
    if (sinks.blocks() != null) {
      diagnosed
          .getSideOutput(Outputs.BLOCKS)
          .sinkTo(sinks.blocks())
          .name("blocks")
          .uid(Uids.BLOCKS_SINK);
    }
    DataStream<DeadLetter> deadLetters =
        blockLines
            .getSideOutput(Outputs.DEAD_LETTERS)
            .union(
                assembled.getSideOutput(Outputs.DEAD_LETTERS),
                ruleChanges.getSideOutput(Outputs.DEAD_LETTERS),
                entries.getSideOutput(Outputs.DEAD_LETTERS));
    (snapshotSamples == null
            ? deadLetters
            : deadLetters.union(snapshotSamples.getSideOutput(Outputs.DEAD_LETTERS)))
        .sinkTo(sinks.deadLetters())
        .name("dead letters")
        .uid(Uids.DEAD_LETTERS_SINK);
  }

  /** Blocks and snapshots of a machine's memory, in one series. */
  private static DataStream<Outbound> trends(
      DataStream<MachineSample> ofBlocks,
      @Nullable DataStream<MachineSample> snapshots,
      JobConfig config) {
    return (snapshots == null ? ofBlocks : ofBlocks.union(snapshots))
        .keyBy(MachineSample::hostKey, TypeInformation.of(String.class))
        .process(
            new TrendFunction(config.trendOptions(), config.get(OomOptions.STALL_TIME).toMillis()))
        .returns(Types.OUTBOUND)
        .name("trends")
        .uid(Uids.TRENDS);
  }
}

package io.oomstream.function;

import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.Outbound;
import io.oomstream.anomaly.Unnamed;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Scope;
import io.oomstream.rule.RuleChange;
import io.oomstream.step.BlockReading;
import io.oomstream.step.NameSearch;
import io.oomstream.trend.MachineSample;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;

/**
 * Step 6: a block's lines to events, with the thresholds of the options and of live rules. Kills,
 * signals, block events and occurrences are side outputs; the main output is the memory sample.
 * What the catalogue of workloads is asked about is a side output of its own.
 */
@NullUnmarked
public final class DiagnoseFunction
    extends BroadcastProcessFunction<LineBlock, RuleChange, MachineSample> {

  private static final long serialVersionUID = 1L;

  private final Thresholds thresholds;
  private final Language language;
  private final boolean writeBlocks;
  private final boolean isNamed;

  private final BroadcastRules rules = new BroadcastRules();

  private transient Counter kills;
  private transient LabelledCounters<Cause.Kind, Scope.Kind> killsByCause;
  private transient Counter signals;
  private transient Counter blocks;
  private transient Counter incompleteBlocks;
  private transient Counter unparsedLines;

  /** Without a catalogue of workloads. */
  public DiagnoseFunction(Thresholds thresholds, Language language, boolean writeBlocks) {
    this(thresholds, language, writeBlocks, false);
  }

  /**
   * @param isNamed whether containers and pods go by the catalogue of workloads
   */
  public DiagnoseFunction(
      Thresholds thresholds, Language language, boolean writeBlocks, boolean isNamed) {
    this.thresholds = thresholds;
    this.language = language;
    this.writeBlocks = writeBlocks;
    this.isNamed = isNamed;
  }

  @Override
  public void open(OpenContext context) {
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    kills = metrics.counter(Metrics.KILLS);
    killsByCause =
        new LabelledCounters<>(
            metrics,
            Metrics.KILLS,
            Metrics.CAUSE,
            Cause.Kind.class,
            Metrics.SCOPE,
            Scope.Kind.class);
    signals = metrics.counter(Metrics.SIGNALS);
    blocks = metrics.counter(Metrics.BLOCKS);
    incompleteBlocks = metrics.counter(Metrics.BLOCKS_INCOMPLETE);
    unparsedLines = metrics.counter(Metrics.LINES_UNPARSED);
  }

  @Override
  public void processElement(LineBlock lines, ReadOnlyContext context, Collector<MachineSample> out)
      throws Exception {
    BlockReading read = BlockReading.of(lines, thresholds, language, rules.read(context));
    NameSearch search = isNamed ? NameSearch.of(read) : NameSearch.without(read);
    kills.inc(read.kills().size());
    for (Unnamed unnamed : search.unnamed()) {
      context.output(Outputs.UNNAMED, unnamed);
    }
    for (OutgoingEvent kill : search.kills()) {
      context.output(Outputs.KILLS, kill);
    }
    read.found().forEach(kill -> killsByCause.inc(kill.cause(), kill.scope()));
    signals.inc(read.signals().size() + read.failures());
    for (Outbound signal : search.signals()) {
      context.output(Outputs.SIGNALS, signal);
    }
    for (Occurrence occurrence : search.occurrences()) {
      context.output(Outputs.OCCURRENCES, occurrence);
    }
    if (read.event() != null) {
      blocks.inc();
      unparsedLines.inc(read.parsed().info().unparsedLines());
      if (!read.parsed().info().complete()) {
        incompleteBlocks.inc();
      }
      if (writeBlocks) {
        context.output(Outputs.BLOCKS, read.blockEvent());
      }
    }
    if (read.sample() != null) {
      out.collect(read.sample());
    }
  }

  @Override
  public void processBroadcastElement(
      RuleChange change, Context context, Collector<MachineSample> out) throws Exception {
    rules.take(change, context);
  }
}

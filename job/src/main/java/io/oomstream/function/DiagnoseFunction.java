package io.oomstream.function;

import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.Occurrences;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.block.BlockParser;
import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.Diagnosis;
import io.oomstream.diagnosis.context.Findings;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.rule.RuleChange;
import io.oomstream.rule.RuleThresholds;
import io.oomstream.trend.MachineSample;
import io.oomstream.trend.Measures;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;

/**
 * Step 6: a block's lines to events, with the thresholds of the options and of live rules. Kills,
 * signals, block events and occurrences are side outputs; the main output is the memory sample.
 */
@NullUnmarked
public final class DiagnoseFunction
    extends BroadcastProcessFunction<LineBlock, RuleChange, MachineSample> {

  private static final long serialVersionUID = 1L;

  private final Thresholds thresholds;
  private final Language language;
  private final boolean writeBlocks;

  private final BroadcastRules rules = new BroadcastRules();

  private transient Counter kills;
  private transient Counter signals;
  private transient Counter blocks;
  private transient Counter incompleteBlocks;
  private transient Counter unparsedLines;

  public DiagnoseFunction(Thresholds thresholds, Language language, boolean writeBlocks) {
    this.thresholds = thresholds;
    this.language = language;
    this.writeBlocks = writeBlocks;
  }

  @Override
  public void open(OpenContext context) {
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    kills = metrics.counter(Metrics.KILLS);
    signals = metrics.counter(Metrics.SIGNALS);
    blocks = metrics.counter(Metrics.BLOCKS);
    incompleteBlocks = metrics.counter(Metrics.BLOCKS_INCOMPLETE);
    unparsedLines = metrics.counter(Metrics.LINES_UNPARSED);
  }

  @Override
  public void processElement(LineBlock lines, ReadOnlyContext context, Collector<MachineSample> out)
      throws Exception {
    String hostKey = lines.lines().get(0).line().key();
    long eventTime = lines.lines().get(lines.lines().size() - 1).line().timestamp();
    KernelBlock block = BlockParser.parse(lines);
    RuleThresholds ruled = rules.read(context).thresholds(thresholds, hostKey, eventTime);
    Findings findings = Diagnosis.of(block, hostKey, ruled.thresholds(), language);
    for (Findings.Kill kill : findings.kills()) {
      kills.inc();
      context.output(Outputs.KILLS, CloudEvents.kill(kill, hostKey));
    }
    for (Findings.Signal signal : findings.signals()) {
      signals.inc();
      if (Occurrences.comesInBursts(signal.signal().kind())) {
        Occurrence occurrence = Occurrences.ofFailure(signal, findings.block(), hostKey, eventTime);
        context.output(Outputs.OCCURRENCES, occurrence.of(lines));
      } else {
        context.output(
            Outputs.SIGNALS,
            CloudEvents.signal(signal.id(), ruled.shaped(signal.signal()), hostKey, eventTime));
      }
    }
    for (Occurrence occurrence : Occurrences.ofKills(findings)) {
      context.output(Outputs.OCCURRENCES, occurrence);
    }
    if (findings.block() != null) {
      blocks.inc();
      unparsedLines.inc(block.info().unparsedLines());
      if (!block.info().complete()) {
        incompleteBlocks.inc();
      }
      if (writeBlocks) {
        context.output(Outputs.BLOCKS, CloudEvents.block(findings.block(), hostKey));
      }
    }
    if (findings.observation() != null) {
      out.collect(Measures.of(findings.observation()));
    }
  }

  @Override
  public void processBroadcastElement(
      RuleChange change, Context context, Collector<MachineSample> out) throws Exception {
    rules.take(change, context);
  }
}

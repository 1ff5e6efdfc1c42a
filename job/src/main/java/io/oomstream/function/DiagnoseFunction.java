package io.oomstream.function;

import io.oomstream.block.BlockParser;
import io.oomstream.block.KernelBlock;
import io.oomstream.block.LineBlock;
import io.oomstream.diagnosis.Diagnosis;
import io.oomstream.diagnosis.Findings;
import io.oomstream.diagnosis.Language;
import io.oomstream.diagnosis.Observation;
import io.oomstream.diagnosis.Thresholds;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;

/**
 * Step 6: a report's lines to events, once. Kills, signals and blocks leave by side outputs; what
 * the detectors over windows need goes on.
 */
@NullUnmarked
public final class DiagnoseFunction extends ProcessFunction<LineBlock, Observation> {

  private static final long serialVersionUID = 1L;

  private final Thresholds thresholds;
  private final Language language;
  private final boolean writeBlocks;

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
  public void processElement(LineBlock lines, Context context, Collector<Observation> out) {
    String hostKey = lines.lines().get(0).line().key();
    KernelBlock block = BlockParser.parse(lines);
    Findings findings = Diagnosis.of(block, hostKey, thresholds, language);
    for (Findings.Kill kill : findings.kills()) {
      kills.inc();
      context.output(Outputs.KILLS, Outgoing.kill(kill, hostKey));
    }
    for (Findings.Signal signal : findings.signals()) {
      signals.inc();
      context.output(Outputs.SIGNALS, Outgoing.signal(signal, hostKey));
    }
    if (findings.block() != null) {
      blocks.inc();
      unparsedLines.inc(block.info().unparsedLines());
      if (!block.info().complete()) {
        incompleteBlocks.inc();
      }
      if (writeBlocks) {
        context.output(Outputs.BLOCKS, Outgoing.block(findings.block(), hostKey));
      }
    }
    if (findings.observation() != null) {
      out.collect(findings.observation());
    }
  }
}

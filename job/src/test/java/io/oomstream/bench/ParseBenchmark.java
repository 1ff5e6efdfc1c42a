package io.oomstream.bench;

import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.assemble.segment.SegmentLimits;
import io.oomstream.assemble.segment.Segmenter;
import io.oomstream.block.BlockParser;
import io.oomstream.diagnosis.Diagnosis;
import io.oomstream.diagnosis.context.Findings;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.event.EventJson;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import io.oomstream.lab.LabLogs;
import io.oomstream.lab.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Cutting, reading and diagnosing one real report, against one pass over its text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ParseBenchmark {

  private List<ClassifiedLine> lines = List.of();
  private LineBlock block =
      new LineBlock(
          io.oomstream.event.MemoryBlock.Kind.OOM,
          List.of(),
          BlockInfo.ClosedBy.TERMINATOR,
          0,
          0,
          0);

  @Setup
  public void readLog() {
    lines = new ArrayList<>();
    for (HostLine line :
        Lines.of(LabLogs.one("6.12.117+deb13-amd64", "12-slab-leak", "kmsg.log"), 1)) {
      LineRule rule = Classifier.classify(line.line().text());
      if (rule != null) {
        lines.add(new ClassifiedLine(line.line(), rule));
      }
    }
    block =
        Segmenter.segment(lines, SegmentLimits.defaults()).blocks().stream()
            .filter(s -> s.lines().size() > 20)
            .findFirst()
            .orElseThrow()
            .toBlock(BlockInfo.ClosedBy.END_OF_INPUT);
  }

  @Benchmark
  public Object segment() {
    return Segmenter.segment(lines, SegmentLimits.defaults());
  }

  @Benchmark
  public Object parse() {
    return BlockParser.parse(block);
  }

  /** What one report costs until its kill event can be sent. */
  @Benchmark
  public int killEvent() {
    return kills(diagnose());
  }

  /** The same with the block's own event. */
  @Benchmark
  public int killAndBlockEvents() {
    Findings findings = diagnose();
    return kills(findings) + EventJson.toBytes(findings.block()).length;
  }

  private Findings diagnose() {
    return Diagnosis.of(BlockParser.parse(block), "node-17", Thresholds.defaults());
  }

  private static int kills(Findings findings) {
    int bytes = 0;
    for (Findings.Kill kill : findings.kills()) {
      bytes += EventJson.toBytes(kill.event()).length;
    }
    return bytes;
  }

  @Benchmark
  public int readText() {
    int sum = 0;
    for (ClassifiedLine line : block.lines()) {
      String text = line.text();
      for (int i = 0; i < text.length(); i++) {
        sum = 31 * sum + text.charAt(i);
      }
    }
    return sum;
  }
}

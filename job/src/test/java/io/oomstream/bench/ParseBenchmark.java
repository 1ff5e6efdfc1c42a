package io.oomstream.bench;

import io.oomstream.block.BlockParser;
import io.oomstream.block.ClassifiedLine;
import io.oomstream.block.LineBlock;
import io.oomstream.block.SegmentLimits;
import io.oomstream.block.Segmenter;
import io.oomstream.event.BlockInfo;
import io.oomstream.kernel.Classifier;
import io.oomstream.lab.LabLogs;
import io.oomstream.lab.Lines;
import java.util.List;
import java.util.Objects;
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

/** Cutting and reading one real report, against one pass over its text. */
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
    lines =
        Lines.of(LabLogs.one("6.12.117+deb13-amd64", "02-global-swap", "kmsg.log"), 1).stream()
            .map(
                l ->
                    new ClassifiedLine(
                        l.line(), Objects.requireNonNull(Classifier.classify(l.line().text()))))
            .toList();
    block =
        Segmenter.segment(lines, SegmentLimits.defaults()).reports().stream()
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

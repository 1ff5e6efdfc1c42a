package io.oomstream.block;

import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.assemble.segment.LineOrigin;
import io.oomstream.assemble.segment.SegmentLimits;
import io.oomstream.assemble.segment.Segmenter;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.format.line.KernelLine;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import io.oomstream.lab.LabLogs;
import io.oomstream.lab.Lines;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports for the parser's tests: from logs, and from lines written by hand. */
public final class Kmsg {

  private Kmsg() {}

  /** The reports of a lab log as the job cuts them, what user space wrote left out. */
  static List<KernelBlock> reports(LabLogs.LabLog log) {
    List<KernelLine> lines = Lines.of(log, 0).stream().map(HostLine::line).toList();
    return parse(lines).stream().filter(b -> b.kind() != MemoryBlock.Kind.LINE).toList();
  }

  /** All blocks, single lines too. */
  static List<KernelBlock> parse(List<KernelLine> lines) {
    List<ClassifiedLine> classified = new ArrayList<>();
    for (KernelLine line : lines) {
      LineRule rule = Classifier.classify(line.text());
      if (rule != null && !LineOrigin.isForged(line, rule)) {
        classified.add(new ClassifiedLine(line, rule));
      }
    }
    return Segmenter.segment(classified, SegmentLimits.defaults()).blocks().stream()
        .map(segment -> BlockParser.parse(segment.toBlock(BlockInfo.ClosedBy.END_OF_INPUT)))
        .toList();
  }

  /** The one report that the texts make; their chars stand for bytes. */
  static KernelBlock report(String... texts) {
    List<KernelBlock> blocks = parse(numbered(List.of(texts)));
    if (blocks.size() != 1) {
      throw new AssertionError(blocks.size() + " blocks of " + List.of(texts));
    }
    return blocks.get(0);
  }

  static List<KernelLine> numbered(List<String> texts) {
    List<KernelLine> lines = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      lines.add(line("test", i + 1, (long) i, 1_000_000L + i, 0, texts.get(i)));
    }
    return lines;
  }

  public static KernelLine line(
      String topic, int number, @Nullable Long sequence, Long timeUs, int facility, String text) {
    return new KernelLine(
        "lab", null, null, timeUs, sequence, facility, 6, null, null, text, topic, 0, number, 0, 0);
  }
}

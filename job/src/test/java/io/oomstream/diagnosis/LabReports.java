package io.oomstream.diagnosis;

import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.assemble.segment.LineOrigin;
import io.oomstream.assemble.segment.SegmentLimits;
import io.oomstream.assemble.segment.Segmenter;
import io.oomstream.block.BlockParser;
import io.oomstream.block.KernelBlock;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.format.line.KernelLine;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import io.oomstream.lab.LabLogs;
import io.oomstream.lab.Lines;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A log's blocks as the job makes them, in order of time, forged lines each a block of its own. The
 * records' time is the kernel's.
 */
public final class LabReports {

  private LabReports() {}

  /** The blocks of a kmsg.log. */
  public static List<KernelBlock> of(LabLogs.LabLog log) {
    return parse(
        Lines.of(log, 0).stream()
            .map(HostLine::line)
            .map(
                l ->
                    line(
                        l.topic(),
                        (int) l.offset(),
                        Objects.requireNonNull(l.sequence()),
                        Objects.requireNonNull(l.kernelTimeUs()),
                        Objects.requireNonNull(l.facility()),
                        l.text()))
            .toList());
  }

  /** The blocks of these texts, a microsecond apart. */
  public static List<KernelBlock> ofTexts(List<String> texts) {
    List<KernelLine> lines = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      lines.add(line("test", i + 1, (long) i, 1_000_000L + i, 0, texts.get(i)));
    }
    return parse(lines);
  }

  /** All blocks of lines in order. */
  public static List<KernelBlock> parse(List<KernelLine> lines) {
    List<ClassifiedLine> trusted = new ArrayList<>();
    List<KernelBlock> blocks = new ArrayList<>();
    for (KernelLine line : lines) {
      LineRule rule = Classifier.classify(line.text());
      if (rule == null) {
        continue;
      }
      ClassifiedLine classified = new ClassifiedLine(line, rule);
      if (LineOrigin.isForged(line, rule)) {
        blocks.add(BlockParser.parse(alone(classified)));
      } else {
        trusted.add(classified);
      }
    }
    Segmenter.segment(trusted, SegmentLimits.defaults()).blocks().stream()
        .map(segment -> BlockParser.parse(segment.toBlock(BlockInfo.ClosedBy.END_OF_INPUT)))
        .forEach(blocks::add);
    blocks.sort(Comparator.comparingLong(block -> lastTime(block)));
    return blocks;
  }

  /** A record of the kernel's log; its text in Latin-1. */
  public static KernelLine line(
      String topic, int number, Long sequence, Long timeUs, int facility, String text) {
    return new KernelLine(
        "lab",
        null,
        null,
        timeUs,
        sequence,
        facility,
        6,
        null,
        null,
        text,
        topic,
        0,
        number,
        0,
        timeUs / 1000);
  }

  static LineBlock alone(ClassifiedLine line) {
    return new LineBlock(
        MemoryBlock.Kind.LINE, List.of(line), BlockInfo.ClosedBy.TERMINATOR, 0, 0, 0);
  }

  private static long lastTime(KernelBlock block) {
    return block.lines().get(block.lines().size() - 1).line().timestamp();
  }
}

package io.oomstream.diagnosis;

import io.oomstream.block.BlockParser;
import io.oomstream.block.ClassifiedLine;
import io.oomstream.block.KernelBlock;
import io.oomstream.block.LineBlock;
import io.oomstream.block.SegmentLimits;
import io.oomstream.block.Segmenter;
import io.oomstream.block.Trust;
import io.oomstream.event.BlockInfo;
import io.oomstream.event.MemoryBlock;
import io.oomstream.format.KernelLine;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import io.oomstream.lab.LabLogs;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A log's blocks as the job makes them, in order of time, forged lines each a block of its own. The
 * records' time is the kernel's.
 */
public final class LabReports {

  private static final Pattern RECORD =
      Pattern.compile("(\\d+),(\\d+),(\\d+),[^;]*;(.*)", Pattern.DOTALL);

  private LabReports() {}

  /** The blocks of a kmsg.log. */
  public static List<KernelBlock> of(LabLogs.LabLog log) {
    List<KernelLine> lines = new ArrayList<>();
    int number = 0;
    for (byte[] bytes : log.lines()) {
      number++;
      Matcher record = RECORD.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
      if (record.matches()) {
        lines.add(
            line(
                log.toString(),
                number,
                Long.valueOf(record.group(2)),
                Long.valueOf(record.group(3)),
                Integer.parseInt(record.group(1)) >> 3,
                unescape(record.group(4))));
      }
    }
    return parse(lines);
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
      if (Trust.isForged(line, rule)) {
        blocks.add(BlockParser.parse(alone(classified)));
      } else {
        trusted.add(classified);
      }
    }
    Segmenter.segment(trusted, SegmentLimits.defaults()).reports().stream()
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

  private static String unescape(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("\\x", i)) {
        bytes.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
        i += 3;
      } else {
        bytes.write(text.charAt(i));
      }
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }
}

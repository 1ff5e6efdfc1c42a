package io.oomstream.block;

import io.oomstream.event.BlockInfo;
import io.oomstream.event.MemoryBlock;
import io.oomstream.format.KernelLine;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import io.oomstream.lab.LabLogs;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reports for the parser's tests: from kmsg logs, and from lines written by hand. */
final class Kmsg {

  private static final Pattern RECORD =
      Pattern.compile("(\\d+),(\\d+),(\\d+),[^;]*;(.*)", Pattern.DOTALL);

  private static final Pattern DMESG =
      Pattern.compile("\\[ *(\\d+)\\.(\\d{6})\\] (.*)", Pattern.DOTALL);

  private Kmsg() {}

  /** The reports of a lab log as the job cuts them, what user space wrote left out. */
  static List<KernelBlock> reports(LabLogs.LabLog log) {
    List<KernelLine> lines = new ArrayList<>();
    int number = 0;
    for (byte[] bytes : log.lines()) {
      number++;
      Matcher record = RECORD.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
      if (record.matches()) {
        int prio = Integer.parseInt(record.group(1));
        lines.add(
            line(
                log.toString(),
                number,
                Long.valueOf(record.group(2)),
                Long.valueOf(record.group(3)),
                prio >> 3,
                unescape(record.group(4))));
      }
    }
    return parse(lines).stream().filter(b -> b.kind() != MemoryBlock.Kind.LINE).toList();
  }

  /** The same of a log in the form of dmesg, whose lines name no facility and no number. */
  static List<KernelBlock> dmesgReports(LabLogs.LabLog log) {
    List<KernelLine> lines = new ArrayList<>();
    Long time = null;
    int number = 0;
    for (byte[] bytes : log.lines()) {
      number++;
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      Matcher stamped = DMESG.matcher(text);
      if (stamped.matches()) {
        time = Long.parseLong(stamped.group(1)) * 1_000_000 + Long.parseLong(stamped.group(2));
        text = stamped.group(3);
      }
      lines.add(
          new KernelLine(
              "lab",
              null,
              null,
              time,
              null,
              null,
              null,
              null,
              null,
              text,
              log.toString(),
              0,
              number,
              0,
              0));
    }
    return parse(lines).stream().filter(b -> b.kind() != MemoryBlock.Kind.LINE).toList();
  }

  /** All blocks, single lines too. */
  static List<KernelBlock> parse(List<KernelLine> lines) {
    List<ClassifiedLine> classified = new ArrayList<>();
    for (KernelLine line : lines) {
      LineRule rule = Classifier.classify(line.text());
      if (rule != null && !Trust.isForged(line, rule)) {
        classified.add(new ClassifiedLine(line, rule));
      }
    }
    return Segmenter.segment(classified, SegmentLimits.defaults()).reports().stream()
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

  static KernelLine line(
      String topic, int number, Long sequence, Long timeUs, int facility, String text) {
    return new KernelLine(
        "lab", null, null, timeUs, sequence, facility, 6, null, null, text, topic, 0, number, 0, 0);
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

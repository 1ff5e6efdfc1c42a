package io.oomstream.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.format.line.KernelLine;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import io.oomstream.lab.LabLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever happened to a report on its way: it is read as far as it goes. */
class DamagedReportProperties {

  private static final List<List<ClassifiedLine>> REPORTS = reports();

  @Property(tries = 3_000)
  void neverThrows(
      @ForAll @IntRange(max = 1_000) int report,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 30) int oneIn) {
    Random random = new Random(seed);
    List<ClassifiedLine> damaged = new ArrayList<>();
    for (ClassifiedLine line : REPORTS.get(report % REPORTS.size())) {
      if (random.nextInt(oneIn) == 0) {
        damage(line, random, damaged);
      } else {
        damaged.add(line);
      }
    }
    if (damaged.isEmpty()) {
      return;
    }
    for (MemoryBlock.Kind kind : MemoryBlock.Kind.values()) {
      LineBlock block = new LineBlock(kind, damaged, BlockInfo.ClosedBy.END_OF_INPUT, 0, 0, 0);
      KernelBlock read = BlockParser.parse(block);
      assertThat(read.info().lineCount()).isEqualTo(damaged.size());
      assertThat(read.info().complete()).isEqualTo(false);
      assertThat(read.kills()).extracting(k -> k.victim().pid()).doesNotHaveDuplicates();
      assertThat(BlockParser.parse(block)).isEqualTo(read);
    }
  }

  private static void damage(ClassifiedLine line, Random random, List<ClassifiedLine> out) {
    String text = line.text();
    switch (random.nextInt(7)) {
      case 0 -> {}
      case 1 -> {
        out.add(line);
        out.add(line);
      }
      case 2 -> add(line, text.substring(0, random.nextInt(text.length() + 1)), out);
      case 3 -> add(line, text.substring(random.nextInt(text.length() + 1)), out);
      case 5 -> {
        String unknown = text.substring(0, random.nextInt(text.length() + 1));
        out.add(new ClassifiedLine(line.line().withText(unknown), LineRule.UNKNOWN));
        out.add(line);
      }
      case 4 -> {
        char[] chars = text.toCharArray();
        for (int i = 0; i < 4 && chars.length > 0; i++) {
          chars[random.nextInt(chars.length)] = (char) random.nextInt(256);
        }
        add(line, new String(chars), out);
      }
      default -> {
        int at = random.nextInt(text.length() + 1);
        add(line, text.substring(0, at) + "99999999999999999999" + text.substring(at), out);
      }
    }
  }

  /** Under its old rule: what a rule's reader is given need not have the rule's shape. */
  private static void add(ClassifiedLine line, String text, List<ClassifiedLine> out) {
    out.add(new ClassifiedLine(line.line().withText(text), line.rule()));
  }

  private static List<List<ClassifiedLine>> reports() {
    List<List<ClassifiedLine>> reports = new ArrayList<>();
    for (String kernel : List.of("5.10.0-46-amd64", "6.12.117+deb13-amd64")) {
      for (LabLogs.LabLog log : LabLogs.of(kernel)) {
        if (log.form().equals("kmsg.log") && !log.scenario().startsWith("06")) {
          Kmsg.reports(log).stream().limit(2).forEach(block -> reports.add(block.lines()));
        }
      }
    }
    for (String[] texts : EraForms.ALL) {
      List<ClassifiedLine> lines = new ArrayList<>();
      for (KernelLine line : Kmsg.numbered(List.of(texts))) {
        LineRule rule = Classifier.classify(line.text());
        if (rule != null) {
          lines.add(new ClassifiedLine(line, rule));
        }
      }
      reports.add(lines);
    }
    return reports;
  }
}

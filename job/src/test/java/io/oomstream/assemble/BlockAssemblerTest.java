package io.oomstream.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.assemble.segment.SegmentLimits;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.format.line.RawRecord;
import io.oomstream.function.Deliveries;
import io.oomstream.function.Deliveries.Delivery;
import io.oomstream.function.MiniJob;
import io.oomstream.lab.LabLogs;
import io.oomstream.lab.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The assembler in a plain loop gives what the operator gives. */
class BlockAssemblerTest {

  private static final List<LabLogs.LabLog> LOGS =
      List.of(
          LabLogs.one("6.12.117+deb13-amd64", "03-memcg2-kube", "kmsg.log"),
          LabLogs.one("6.1.0-50-amd64", "20-storm", "kmsg.log"),
          LabLogs.one("6.1.0-50-amd64", "19-spoof", "kmsg.log"));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aLoopGivesTheBlocksOfTheOperator(int log) throws Exception {
    Deliveries deliveries =
        Deliveries.inOrder(List.of(LOGS.get(log)), 3).disturbed(log, 20_000, 0.05);
    for (AssembleSettings settings : List.of(AssembleSettings.defaults(), tight())) {
      assertSame(deliveries, settings);
    }
  }

  private static void assertSame(Deliveries deliveries, AssembleSettings settings)
      throws Exception {
    Random random = new Random(1);
    List<LineBlock> blocks = new ArrayList<>();
    int letters = 0;
    BlockAssembler assembler = new BlockAssembler(settings);
    try (MiniJob job = new MiniJob(1, settings, false);
        MiniJob decoder = new MiniJob(1, settings, false)) {
      long newest = Long.MIN_VALUE;
      for (Delivery delivery : deliveries.all()) {
        RawRecord record = delivery.record();
        newest = Math.max(newest, record.timestamp());
        job.read(record);
        for (HostLine line : decoder.decode(record)) {
          if (line.isNote()) {
            assembler.add(HostLines.note(line));
          } else {
            assembler.add(HostLines.line(line));
          }
        }
        if (random.nextInt(20) == 0) {
          job.watermark(newest - 2_000);
          BlockAssembler.Assembly assembly = assembler.advance(newest - 2_000);
          blocks.addAll(assembly.blocks());
          letters += assembly.orphans().size() + assembly.refused().size();
        }
      }
      job.end();
      BlockAssembler.Assembly rest = assembler.end();
      blocks.addAll(rest.blocks());
      letters += rest.orphans().size() + rest.refused().size();
      assertThat(blocks).hasSameSizeAs(job.blocks()).isNotEmpty();
      assertThat(blocks).containsExactlyInAnyOrderElementsOf(job.blocks());
      assertThat(letters).isEqualTo(job.deadLetters().size());
      assertThat(assembler.isEmpty()).isTrue();
    }
  }

  @Test
  void whatHasNoEndComesAtTheEnd() {
    BlockAssembler assembler = new BlockAssembler(AssembleSettings.defaults());
    LabLogs.LabLog log = LOGS.get(0);
    List<HostLine> lines = Lines.of(log, 10_000);
    for (HostLine line : lines.subList(0, lines.size() - 20)) {
      assembler.add(HostLines.line(line));
    }
    assertThat(reports(assembler.advance(20_000).blocks())).isEmpty();
    assertThat(assembler.isEmpty()).isFalse();
    List<LineBlock> last = reports(assembler.end().blocks());
    assertThat(last).hasSize(1);
    assertThat(last.get(0).closedBy()).isEqualTo(BlockInfo.ClosedBy.END_OF_INPUT);
    assertThat(assembler.isEmpty()).isTrue();
    assertThat(assembler.end().blocks()).isEmpty();
  }

  private static List<LineBlock> reports(List<LineBlock> blocks) {
    return blocks.stream().filter(b -> b.kind() == MemoryBlock.Kind.OOM).toList();
  }

  private static AssembleSettings tight() {
    return new AssembleSettings(
        5_000, 3_000, 30_000, 60, 1L << 20, new SegmentLimits(60_000_000, 40));
  }
}

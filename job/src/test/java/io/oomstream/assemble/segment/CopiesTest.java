package io.oomstream.assemble.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.line.KernelLine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopiesTest {
  private static final String HEAD =
      "hog invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0";
  private static final String REAPED = "oom_reaper: reaped process 7 (hog), now anon-rss:0kB";

  private int offset;

  @Test
  void aBlockThatStandsTwiceIsACopy() {
    List<ClassifiedLine> lines = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      lines.addAll(block(7));
      lines.addAll(block(8));
    }
    assertThat(Copies.in(lines)).containsExactlyElementsOf(lines.subList(8, 16));
  }

  @Test
  void anotherVictimIsNone() {
    List<ClassifiedLine> lines = new ArrayList<>(block(7));
    lines.addAll(block(8));
    assertThat(Copies.in(lines)).isEmpty();
  }

  /** A host may repeat a head without end; the kill behind the last one belongs to that alone. */
  @Test
  void headsWithoutAKillAreNone() {
    List<ClassifiedLine> lines = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      lines.add(line(HEAD));
    }
    lines.addAll(block(7));
    assertThat(Copies.in(lines)).isEmpty();
  }

  private List<ClassifiedLine> block(int pid) {
    return List.of(
        line(HEAD),
        line("Mem-Info:"),
        line("Out of memory: Killed process " + pid + " (hog) total-vm:8kB, anon-rss:4kB"),
        line(REAPED.replace("7", "" + pid)));
  }

  /** As old syslog has it: neither a sequence number nor a kernel time. */
  private ClassifiedLine line(String text) {
    return ClassifiedLine.of(
        new KernelLine(
            "host", null, 1_000_000L, null, null, 0, 6, null, null, text, "t", 0, offset++, 0, 1));
  }
}

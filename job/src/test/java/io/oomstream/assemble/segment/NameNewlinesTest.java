package io.oomstream.assemble.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.block.Kmsg;
import io.oomstream.format.line.KernelLine;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a newline in a name broke is put together, and nothing else is. */
class NameNewlinesTest {

  private static final String KILLED = "Out of memory: Killed process 12 (";
  private static final String REST =
      ") total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0";
  private static final String OLD_KILL = "Killed process 12 (a.out)";
  private static final String INVOKED =
      " invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0";

  @Test
  void piecesOfANameAreOne() {
    assertThat(joined(null, KILLED + "a", "b", "c" + REST))
        .containsExactly(KILLED + "a\nb\nc" + REST);
    assertThat(joined(null, "a", "b" + INVOKED)).containsExactly("a\nb" + INVOKED);
    assertThat(joined(null, "CPU: 0 PID: 12 Comm: a", "b Not tainted 6.1.0 #1"))
        .containsExactly("CPU: 0 PID: 12 Comm: a\nb Not tainted 6.1.0 #1");
  }

  @Test
  void noNameIsLongerThanAName() {
    String[] kill = {KILLED + "abcdefgh", "ijklmno", "p"};
    assertThat(joined(null, kill)).containsExactly(KILLED + "abcdefgh", "ijklmno", "p");
    String[] cpu = {"CPU: 0 PID: 12 Comm: abcdefgh", "ijklmno", "p"};
    assertThat(joined(null, cpu)).containsExactly(cpu);
  }

  @Test
  void aWholeLineHasNoMore() {
    assertThat(joined(null, OLD_KILL, "Swap 4kB")).containsExactly(OLD_KILL, "Swap 4kB");
  }

  @Test
  void recordsOfTheirOwnAreNoPieces() {
    assertThat(joined(7L, KILLED + "a", "b")).containsExactly(KILLED + "a", "b");
    assertThat(joined(7L, "a", "b" + INVOKED)).containsExactly("a", "b" + INVOKED);
  }

  @Test
  void aRunOfShortLinesIsTakenInLinearTime() {
    String[] lines = new String[20_000];
    Arrays.fill(lines, "a b");
    lines[0] = "CPU: 0 PID: 12 Comm: a";
    assertThat(joined(null, lines)).hasSizeGreaterThan(19_900);
  }

  private static List<String> joined(@Nullable Long firstSequence, String... texts) {
    List<ClassifiedLine> lines = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      Long sequence = firstSequence == null ? null : Long.valueOf(firstSequence + i);
      KernelLine line = Kmsg.line("test", i, sequence, 1_000_000L, 0, texts[i]);
      LineRule rule = Classifier.classify(texts[i]);
      lines.add(new ClassifiedLine(line, rule == null ? LineRule.UNKNOWN : rule));
    }
    return LineJoiner.join(lines).stream().map(whole -> whole.line().text()).toList();
  }
}

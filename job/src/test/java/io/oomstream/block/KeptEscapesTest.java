package io.oomstream.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.format.line.KernelLine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptEscapesTest {

  private static final String COUNTERS =
      "active_anon:16 inactive_anon:161973 isolated_anon:0\\x0a active_file:20 inactive_file:10";
  private static final String STATISTICS = "anon 50208768\\x0afile 0\\x0akernel 122880";
  private static final String ROW =
      "[    128]  1002   128      684      601    40960        0     0 ";

  @Test
  void aStatisticThatGoesOnShowsThatEveryLineIsEscaped() {
    String group = ",task_memcg=/user.slice/app-odd\\x5cx20name.scope,task=a\\x5cb,pid=128,uid=0";

    assertThat(undone(COUNTERS, ROW + "a\\x0ab", "oom-kill:constraint=CONSTRAINT_NONE" + group))
        .containsExactly(
            "active_anon:16 inactive_anon:161973 isolated_anon:0\n active_file:20 inactive_file:10",
            ROW + "a\nb",
            "oom-kill:constraint=CONSTRAINT_NONE"
                + ",task_memcg=/user.slice/app-odd\\x20name.scope,task=a\\b,pid=128,uid=0");
    assertThat(undone(STATISTICS)).containsExactly("anon 50208768\nfile 0\nkernel 122880");
  }

  @Test
  void aNameMayHaveTheCharactersOfAnEscape() {
    assertUnchanged(ROW + "a\\x0ab");
    assertUnchanged(ROW + "worker#012");
    assertUnchanged("a\\x0a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0");
    assertUnchanged(ROW + "a1\\x0afile 0");
  }

  @Test
  void aNameThatWouldBeTooLongIsEscaped() {
    assertThat(undone(ROW + "a\\x0aOut of memo")).containsExactly(ROW + "a\nOut of memo");
    assertThat(undone("Killed process 130 (a#012Out of memo) total-vm:16816kB, anon-rss:1kB"))
        .containsExactly("Killed process 130 (a\nOut of memo) total-vm:16816kB, anon-rss:1kB");
    assertThat(undone("a#012Out of memo invoked oom-killer: gfp_mask=0xcc0, order=0"))
        .containsExactly("a\nOut of memo invoked oom-killer: gfp_mask=0xcc0, order=0");
    assertThat(undone("CPU: 0 PID: 130 Comm: a#012Out of memo Not tainted 6.1.0"))
        .containsExactly("CPU: 0 PID: 130 Comm: a\nOut of memo Not tainted 6.1.0");
    assertThat(undone("oom_reaper: reaped process 130 (a#012Out of memo), now anon-rss:0kB"))
        .containsExactly("oom_reaper: reaped process 130 (a\nOut of memo), now anon-rss:0kB");
    // What no kernel prints stays as it is.
    assertUnchanged(ROW + "a#012Out of memory and more");
  }

  @Test
  void aBackslashThatTheKernelWouldHaveEscapedShowsThatNothingIs() {
    assertUnchanged(COUNTERS, "Tasks in /system.slice/a\\x2db.service are going to be killed");
    assertUnchanged(COUNTERS, ROW + "a\\b");
  }

  private static void assertUnchanged(String... texts) {
    assertThat(undone(texts)).containsExactly(texts);
  }

  private static List<String> undone(String... texts) {
    List<ClassifiedLine> lines = new ArrayList<>();
    for (String text : texts) {
      lines.add(ClassifiedLine.of(line(text)));
    }
    LineBlock block =
        new LineBlock(MemoryBlock.Kind.OOM, lines, BlockInfo.ClosedBy.TERMINATOR, 0, 0, 0);
    return KeptEscapes.undone(block).lines().stream().map(ClassifiedLine::text).toList();
  }

  private static KernelLine line(String text) {
    return new KernelLine(
        "db1", null, null, null, null, 0, 6, null, null, text, "kernel.logs", 0, 1, 0, 0);
  }
}

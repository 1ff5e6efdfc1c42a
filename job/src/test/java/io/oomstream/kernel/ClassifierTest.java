package io.oomstream.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.oomstream.lab.LabLogs;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ClassifierTest {

  static final java.util.List<String> KERNELS = LabLogs.KERNELS;

  @ParameterizedTest
  @FieldSource("KERNELS")
  void agreesWithTheReferenceOnEveryLabLine(String kernel) {
    Set<LineRule> seen = EnumSet.noneOf(LineRule.class);
    for (LabLogs.LabLog log : LabLogs.of(kernel)) {
      if (!log.form().equals("dmesg.log") && !log.form().equals("console.log")) {
        continue;
      }
      for (byte[] line : log.lines()) {
        String text = withoutTime(new String(line, StandardCharsets.ISO_8859_1));
        LineRule rule = Classifier.classify(text);
        assertThat(rule).as(text).isEqualTo(ReferenceMatcher.classify(text));
        if (rule != null) {
          seen.add(rule);
        }
      }
    }
    assertThat(seen)
        .contains(
            LineRule.INVOKED,
            LineRule.KILLED,
            LineRule.TASK_ROW,
            LineRule.ZONE,
            LineRule.FREE_LIST);
  }

  @Property(tries = 20_000)
  void agreesWithTheReferenceOnNoise(@ForAll("almostKernelLines") String text) {
    assertThat(Classifier.classify(text)).isEqualTo(ReferenceMatcher.classify(text));
  }

  @Provide
  Arbitrary<String> almostKernelLines() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            " invoked oom-killer: gfp_mask=",
            "Killed process ",
            "Node 0 ",
            "active_anon:",
            " free:",
            "kB",
            " min:",
            "1*4kB",
            ": ",
            "12",
            "[",
            " 123",
            "]",
            ",uid=",
            "KB",
            " 5632KB",
            "+0x1f",
            "/0x20",
            " ",
            "\n",
            "Call Trace:",
            "-",
            "Out of memory",
            " score ",
            ") total-vm:",
            "kB, anon-rss:",
            "task_struct",
            " pages reserved",
            "uid",
            "pid",
            "total_vm",
            "\u00ff",
            " 0000000000000000",
            " ffff88006b6fb9c8",
            "?",
            "CPU: ",
            " PID: ",
            " Comm: ",
            "<TASK>",
            "</",
            "<",
            ">",
            "[<ffffffff810c4971>]",
            "? ",
            "dump_stack",
            " from ",
            "9fa0:",
            " 8010bd04",
            " r7:c05a4b68",
            "a0 0000000000000000",
            "pc : ",
            "REGS: ",
            "6.08 MiB",
            " 512 B",
            " func:",
            "DMA:",
            "Normal",
            "(UME)",
            "= ",
            "12*8kB",
            "zspages:12",
            " balloon:",
            "anon 12",
            "...",
            ", mode:0x",
            " stalls for ",
            "Killed /a due to ",
            "<ffffffff8015bfc1>{sys_write+69}",
            "<EOI>",
            "0xffffffffc0076294",
            "[c00000002de07c10] ",
            "0x1",
            "6792bb68:",
            " [<60063895>]",
            "sp=e0000001",
            " bsp=e0000001",
            "R:0",
            " T:1",
            "        ",
            "GPR04: ",
            "000002aa1b34c2cc: ",
            " pages dirty",
            " (null)",
            "[<",
            ">]",
            "OOM killed process ",
            "oomd kill: ");
    return pieces.list().ofMaxSize(9).map(l -> String.join("", l));
  }

  @Test
  void allocatesNothingForALine() {
    byte[] noise =
        "audit: type=1400 audit(1766052311.123:45): apparmor=\"STATUS\" operation=\"profile_load\""
            .getBytes(StandardCharsets.ISO_8859_1);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 20_000; i++) {
      assertThat(Classifier.classify(noise, 0, noise.length) == null).isTrue();
    }
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    int kept = 0;
    for (int i = 0; i < 100_000; i++) {
      kept += Classifier.classify(noise, 0, noise.length) == null ? 0 : 1;
    }
    long allocated = threads.getThreadAllocatedBytes(thread) - before;
    assertThat(kept).isZero();
    assertThat(allocated).isLessThan(10_000);
  }

  private static String withoutTime(String line) {
    int end = line.startsWith("[") ? line.indexOf("] ") : -1;
    return end > 0 && Character.isDigit(line.charAt(end - 1)) ? line.substring(end + 2) : line;
  }
}

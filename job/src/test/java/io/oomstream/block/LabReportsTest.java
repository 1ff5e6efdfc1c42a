package io.oomstream.block;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.Badness;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.event.section.KillReason;
import io.oomstream.event.section.Scope;
import io.oomstream.event.section.Trigger;
import io.oomstream.event.section.Victim;
import io.oomstream.kernel.LineRule;
import io.oomstream.lab.LabLogs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every report of every lab kernel, against what the guest's own processes saw. */
class LabReportsTest {

  @TestFactory
  Stream<DynamicTest> readsEveryLabLog() {
    return LabLogs.KERNELS.stream()
        .flatMap(kernel -> LabLogs.of(kernel).stream())
        .filter(log -> log.form().equals("kmsg.log"))
        .map(log -> DynamicTest.dynamicTest(log.toString(), () -> check(log, Kmsg.reports(log))));
  }

  /** Text names no facility: what user space wrote in 19 cannot be told there. */
  @TestFactory
  Stream<DynamicTest> readsEveryLabLogAsText() {
    return LabLogs.KERNELS.stream()
        .flatMap(kernel -> LabLogs.of(kernel).stream())
        .filter(log -> log.form().equals("dmesg.log") && !log.scenario().startsWith("19"))
        .map(log -> DynamicTest.dynamicTest(log.toString(), () -> check(log, Kmsg.reports(log))));
  }

  private static void check(LabLogs.LabLog log, List<KernelBlock> reports) {
    Set<String> ids = new HashSet<>();
    List<String> kills = new ArrayList<>();
    for (KernelBlock block : reports) {
      assertThat(block.info().unparsedLines()).as("unparsed %s", block.lines()).isZero();
      assertThat(block.selfChecks()).allMatch(MemoryBlock.SelfCheck::passed);
      assertThat(ids.add(block.info().id())).as("id is its own").isTrue();
      block.kills().forEach(kill -> kills.add(text(kill.victim())));
      block.kills().forEach(LabReportsTest::checkRank);
      checkWhole(log, block);
    }
    List<String> truth =
        StreamSupport.stream(log.truth().get("sigkilled").spliterator(), false)
            .map(LabReportsTest::text)
            .toList();
    if (log.scenario().equals("17-shared-mm")) {
      assertThat(kills).hasSize(1);
      assertThat(truth).containsAll(kills);
    } else {
      assertThat(kills).containsExactlyInAnyOrderElementsOf(truth);
    }
    String scope = log.truth().get("expect").path("scope").asText("null");
    if (!scope.equals("null")) {
      assertThat(scopes(reports)).containsOnly(scope);
    }
  }

  /** The kernel chooses the first of its table, unless it takes whoever asks, or a whole group. */
  private static void checkRank(KernelBlock.Kill kill) {
    Badness badness = kill.victim().badness();
    boolean chosen =
        kill.reason() != KillReason.ALLOCATING_TASK && kill.reason() != KillReason.OOM_GROUP;
    if (chosen && badness != null) {
      assertThat(badness.rank()).as("%s", kill.victim()).isEqualTo(1);
    }
  }

  /**
   * A kill whose report the kernel's rate limit kept back says whose memory it was only where that
   * was a control group's.
   */
  private static Set<String> scopes(List<KernelBlock> reports) {
    Set<String> scopes = new HashSet<>();
    for (KernelBlock block : reports) {
      boolean bare =
          block.info().sections().equals(List.of("KILL"))
              && String.valueOf(block.lineOf(LineRule.KILLED)).startsWith("Out of memory: ");
      if (bare) {
        assertThat(block.scope().kind()).isEqualTo(Scope.Kind.GLOBAL);
        assertThat(block.scope().constraint()).isNull();
      } else if (block.kind() == MemoryBlock.Kind.OOM) {
        scopes.add(block.scope().kind().name());
      }
    }
    return scopes;
  }

  /** A report that has its head is whole, and says how big a page is. */
  private static void checkWhole(LabLogs.LabLog log, KernelBlock block) {
    if (!block.info().sections().contains("INVOCATION")
        && !block.info().sections().contains("FAILURE")) {
      return;
    }
    assertThat(block.info().missing()).isEmpty();
    assertThat(block.info().complete())
        .isEqualTo(block.info().closedBy() == BlockInfo.ClosedBy.TERMINATOR);
    boolean tells = block.memory() != null || !block.kills().isEmpty();
    assertThat(block.host().pageSizeBytes())
        .isEqualTo(tells ? log.truth().get("pageSize").longValue() : null);
    // In text a newline in the name cuts the line before the release.
    boolean cut = log.form().equals("dmesg.log") && log.scenario().equals("16-nasty-comm");
    assertThat(block.host().kernelRelease())
        .isIn(cut ? Arrays.asList(log.kernel(), null) : List.of(log.kernel()));
    Trigger trigger = Objects.requireNonNull(block.trigger());
    assertThat(trigger.pid()).isNotNull();
    assertThat(block.callTrace()).hasSizeGreaterThan(4);
  }

  private static String text(Victim victim) {
    String hex =
        victim.commHex() != null
            ? victim.commHex()
            : HexFormat.of()
                .formatHex(String.valueOf(victim.comm()).getBytes(StandardCharsets.UTF_8));
    return victim.pid() + " " + hex + " " + victim.uid() + " " + victim.oomScoreAdj();
  }

  private static String text(JsonNode killed) {
    return killed.get("pid").asLong()
        + " "
        + killed.get("comm_hex").asText()
        + " "
        + killed.get("uid").asLong()
        + " "
        + killed.get("adj").asInt();
  }
}

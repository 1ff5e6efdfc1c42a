package io.oomstream.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.Diagnosis;
import io.oomstream.diagnosis.LabReports;
import io.oomstream.diagnosis.context.Findings;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.event.KillEvent;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.Cause;
import io.oomstream.kernel.Section;
import io.oomstream.lab.LabLogs;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.rule.RuleBook;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Scope, cause and signals of every lab log, against what the lab was built to produce. */
class LabVerdictsTest {

  /** Their evidence is in the lab's snapshots of /proc, not in its logs. */
  private static final Set<String> FROM_SNAPSHOTS =
      Set.of("SLAB_GROWTH", "TASK_STRUCT_SLAB_GROWTH");

  @TestFactory
  Stream<DynamicTest> judgesEveryLabLog() {
    return LabLogs.KERNELS.stream()
        .flatMap(kernel -> LabLogs.of(kernel).stream())
        .filter(log -> log.form().equals("kmsg.log"))
        .map(log -> DynamicTest.dynamicTest(log.toString(), () -> check(log)));
  }

  private static void check(LabLogs.LabLog log) {
    Set<String> signals = new TreeSet<>();
    Set<String> ids = new HashSet<>();
    List<String> causes = new ArrayList<>();
    IncidentHistory incidents = IncidentHistory.EMPTY;
    for (KernelBlock block : LabReports.of(log)) {
      Findings findings = Diagnosis.of(block, "lab", Thresholds.defaults());
      findings.signals().forEach(s -> signals.add(s.signal().kind().name()));
      findings.signals().forEach(s -> assertThat(ids.add(s.id())).as(s.toString()).isTrue());
      for (Findings.Kill kill : findings.kills()) {
        assertThat(ids.add(kill.id())).as("id of its own: %s", kill).isTrue();
        checkCause(kill.event().cause());
        if (isWhole(kill.event())) {
          causes.add(kill.event().cause().primary().name());
        }
      }
      MemoryBlock whole = findings.block();
      if (whole != null && whole.kind() == MemoryBlock.Kind.OOM) {
        checkCause(Objects.requireNonNull(whole.cause()));
        if (findings.kills().isEmpty()) {
          causes.add(whole.cause().primary().name());
        }
      }
      for (Occurrence mark : Occurrences.ofKills(findings)) {
        IncidentDetector.Step step =
            IncidentDetector.next(incidents, mark, IncidentOptions.defaults(), RuleBook.EMPTY);
        incidents = step.history();
        step.raised().forEach(s -> signals.add(s.signal().kind().name()));
        step.raised().forEach(s -> assertThat(ids.add(s.id())).isTrue());
      }
    }
    JsonNode expect = log.truth().get("expect");
    for (JsonNode signal : expect.get("signals")) {
      if (!FROM_SNAPSHOTS.contains(signal.asText())) {
        assertThat(signals).contains(signal.asText());
      }
    }
    String cause = expect.path("cause").asText("null");
    if (cause.equals("null")) {
      assertThat(causes).isEmpty();
    } else {
      assertThat(causes).isNotEmpty().startsWith(cause);
      assertThat(causes).allMatch(c -> c.equals(cause) || isMemoryOnItsWay(log, c));
    }
    if (log.scenario().equals("15-memcg-parallel")) {
      assertThat(signals).doesNotContain("OOM_CRASH_LOOP", "OOM_STORM");
    }
  }

  /**
   * The last kill of this run comes while the page tables of the one before, which is out of the
   * task table already, are in no counter any more and not free yet.
   */
  private static boolean isMemoryOnItsWay(LabLogs.LabLog log, String cause) {
    return log.scenario().equals("07-pagetables") && cause.equals("UNACCOUNTED_KERNEL_MEMORY");
  }

  /** A kill line without its report says little of the cause where the whole machine was short. */
  private static boolean isWhole(KillEvent event) {
    return event.block().sections().contains(Section.INVOCATION.name());
  }

  private static void checkCause(Cause cause) {
    assertThat(cause.evidence()).isNotEmpty();
    assertThat(cause.summary()).endsWith(".").doesNotContain("null");
    assertThat(cause.contributing()).doesNotContain(cause.primary()).doesNotHaveDuplicates();
  }
}

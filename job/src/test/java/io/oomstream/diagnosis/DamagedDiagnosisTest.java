package io.oomstream.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.block.BlockParser;
import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.context.Findings;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.event.AnomalySignal;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.event.section.Cause;
import io.oomstream.lab.LabLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Reports that lost lines: the diagnosis never fails, and never names a cause of its own that the
 * whole report does not bear out.
 */
class DamagedDiagnosisTest {

  private static final int TRIES = 40;
  private static final long SEED = 7;

  @TestFactory
  Stream<DynamicTest> survivesLostLines() {
    return LabLogs.of("6.1.0-50-amd64").stream()
        .filter(log -> log.form().equals("kmsg.log"))
        .filter(log -> !log.truth().get("expect").path("cause").asText("null").equals("null"))
        .map(log -> DynamicTest.dynamicTest(log.scenario(), () -> check(log)));
  }

  private static void check(LabLogs.LabLog log) {
    String truth = log.truth().get("expect").get("cause").asText();
    Random random = new Random(SEED);
    KernelBlock whole =
        LabReports.of(log).stream()
            .filter(b -> b.kind() == MemoryBlock.Kind.OOM)
            .findFirst()
            .orElseThrow();
    int told = 0;
    for (int i = 0; i < TRIES; i++) {
      int keep = 20 + random.nextInt(80);
      List<ClassifiedLine> left = new ArrayList<>(whole.lines());
      left.removeIf(line -> random.nextInt(100) >= keep);
      if (left.isEmpty()) {
        continue;
      }
      KernelBlock block =
          BlockParser.parse(
              new LineBlock(MemoryBlock.Kind.OOM, left, BlockInfo.ClosedBy.GAP, 0, 0, 3));
      Findings findings = Diagnosis.of(block, "h", Thresholds.defaults());
      Cause cause = Objects.requireNonNull(Objects.requireNonNull(findings.block()).cause());
      assertThat(cause.evidence()).isNotEmpty();
      assertThat(cause.summary()).doesNotContain("null", "NaN");
      assertThat(cause.primary().name()).as(cause.summary()).isIn(plausible(truth));
      told += cause.primary().name().equals(truth) ? 1 : 0;
      assertThat(findings.signals())
          .extracting(Findings.Signal::signal)
          .allSatisfy(DamagedDiagnosisTest::isFinite);
    }
    assertThat(told).as("told although damaged").isPositive();
  }

  /**
   * Without its task table a fork bomb may be told by less, and without the summary line a policy's
   * or SysRq's report looks like any other.
   */
  private static List<String> plausible(String truth) {
    List<String> plausible = new ArrayList<>(List.of(truth, "UNDETERMINED"));
    switch (truth) {
      case "FORK_BOMB" -> plausible.add("PAGE_TABLE_BLOAT");
      case "CPUSET_OR_POLICY", "MANUAL_SYSRQ", "HUGE_PAGES_RESERVED" ->
          plausible.add("MEMORY_EXHAUSTED");
      default -> {}
    }
    return plausible;
  }

  private static void isFinite(AnomalySignal signal) {
    assertThat(signal.measured() == null || Double.isFinite(signal.measured())).isTrue();
  }
}

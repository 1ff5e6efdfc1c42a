package io.oomstream.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.blame.KillSeverity;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.event.Severity;
import io.oomstream.event.section.Blame.Role;
import io.oomstream.event.section.KillReason;
import io.oomstream.event.section.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The rows of docs/reference/severity.md. */
class KillSeverityTest {

  private static Severity severity(TestReport report, Scope scope, Role role) {
    KernelBlock.Kill kill = report.build().kills().get(0);
    return KillSeverity.of(
        new KernelBlock.Kill(
            kill.line(),
            kill.victim(),
            kill.reason(),
            kill.reaper(),
            kill.time(),
            kill.kernelTimeUs(),
            scope,
            kill.workload(),
            kill.knownBy()),
        role,
        Thresholds.defaults());
  }

  private static TestReport victim(String name, int adj, KillReason reason) {
    return TestReport.global().victim(name, adj, reason, null);
  }

  private static Scope scope(Scope.Kind kind, boolean own) {
    return new Scope(kind, null, null, null, null, "/a", "/a/b", null, own);
  }

  @ParameterizedTest
  @CsvSource({
    "GLOBAL, false, USER, WARNING",
    "GLOBAL, false, ONE_OF_SEVERAL, WARNING",
    "GLOBAL, false, UNKNOWN, WARNING",
    "GLOBAL, false, BYSTANDER, CRITICAL",
    "MEMCG, true, USER, INFO",
    "MEMCG, true, ONE_OF_SEVERAL, INFO",
    "MEMCG, true, UNKNOWN, INFO",
    "MEMCG, true, BYSTANDER, WARNING",
    "MEMCG, false, USER, WARNING",
    "MEMCG, false, BYSTANDER, WARNING",
    "CPUSET, false, BYSTANDER, WARNING",
    "MEMORY_POLICY, false, USER, WARNING",
    "UNKNOWN, false, UNKNOWN, WARNING"
  })
  void ofAnOrdinaryVictim(Scope.Kind kind, boolean own, Role role, Severity severity) {
    assertThat(severity(victim("app", 0, KillReason.OUT_OF_MEMORY), scope(kind, own), role))
        .isEqualTo(severity);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void aCriticalVictimIsCritical(Role role) {
    for (Scope.Kind kind : Scope.Kind.values()) {
      assertThat(severity(victim("sshd", 0, KillReason.SYSRQ), scope(kind, true), role))
          .isEqualTo(Severity.CRITICAL);
    }
  }

  @Test
  void protectionCountsAgainstTheShortageOfOthers() {
    TestReport guaranteed = victim("app", -997, KillReason.MEMCG_OUT_OF_MEMORY);
    assertThat(severity(guaranteed, scope(Scope.Kind.MEMCG, true), Role.USER))
        .isEqualTo(Severity.INFO);
    assertThat(severity(guaranteed, scope(Scope.Kind.MEMCG, false), Role.USER))
        .isEqualTo(Severity.CRITICAL);
    assertThat(severity(guaranteed, scope(Scope.Kind.GLOBAL, false), Role.USER))
        .isEqualTo(Severity.CRITICAL);
  }

  @Test
  void memoryThatStaysIsCritical() {
    TestReport stuck = victim("app", 0, KillReason.MEMCG_OUT_OF_MEMORY).reaper(false);
    assertThat(severity(stuck, scope(Scope.Kind.MEMCG, true), Role.USER))
        .isEqualTo(Severity.CRITICAL);
    TestReport freed = victim("app", 0, KillReason.MEMCG_OUT_OF_MEMORY).reaper(true);
    assertThat(severity(freed, scope(Scope.Kind.MEMCG, true), Role.USER)).isEqualTo(Severity.INFO);
  }

  @Test
  void whatAPersonAskedForIsInfo() {
    assertThat(
            severity(
                victim("app", 0, KillReason.SYSRQ),
                scope(Scope.Kind.GLOBAL, false),
                Role.BYSTANDER))
        .isEqualTo(Severity.INFO);
  }

  @ParameterizedTest
  @EnumSource(
      value = KillReason.class,
      names = {"OOM_GROUP", "SHARES_MEMORY"})
  void whoDiesWithAnotherIsNoBystander(KillReason reason) {
    assertThat(severity(victim("app", 0, reason), scope(Scope.Kind.MEMCG, true), Role.BYSTANDER))
        .isEqualTo(Severity.INFO);
    assertThat(severity(victim("app", 0, reason), scope(Scope.Kind.GLOBAL, false), Role.BYSTANDER))
        .isEqualTo(Severity.WARNING);
  }
}

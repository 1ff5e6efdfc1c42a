package io.oomstream.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.block.cgroup.MemcgAccounting;
import io.oomstream.event.KillEvent;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Memcg;
import io.oomstream.event.section.Memory;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On every report that we have: what is accounted for and what is not make up managed memory. */
class AccountingTest {

  static Stream<LabLogs.LabLog> logs() {
    return LabLogs.all().stream().filter(log -> log.form().equals("kmsg.log"));
  }

  static Stream<ReportFixture> reports() {
    return ReportFixture.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("logs")
  void addsUpInLogsOfRealKernels(LabLogs.LabLog log) {
    PlainPipeline.run(log)
        .parsed()
        .forEach(
            block -> {
              Memory.Accounting accounting = check(block.memory());
              if (accounting != null) {
                assertThat(accounting.balance()).isNotEqualTo(Memory.Balance.OVERCOUNTED);
              }
            });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("reports")
  void addsUpInReportsOfOtherKernels(ReportFixture fixture) {
    PlainPipeline.run(fixture.hostLines()).parsed().forEach(block -> check(block.memory()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("logs")
  void groupsAddUpToTheirUsageOrTheRestIsNamed(LabLogs.LabLog log) {
    checkGroups(PlainPipeline.run(log));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("reports")
  void soDoThoseOfOtherKernels(ReportFixture fixture) {
    checkGroups(PlainPipeline.run(fixture.hostLines()));
  }

  private static void checkGroups(PlainPipeline.Result result) {
    for (KillEvent kill : result.kills()) {
      Memcg memcg = kill.memcg();
      Memory.Accounting accounting = memcg == null ? null : memcg.accounting();
      if (memcg == null || accounting == null) {
        continue;
      }
      long sum = accounting.shares().values().stream().mapToLong(Long::longValue).sum();
      assertThat(accounting.accountedBytes()).isEqualTo(sum);
      assertThat(accounting.shares().values()).allSatisfy(b -> assertThat(b).isNotNegative());
      Long rest = accounting.unaccountedBytes();
      long usage = Objects.requireNonNull(memcg.usageBytes());
      if (rest != null) {
        assertThat(sum + rest).isEqualTo(usage);
      }
      if (kill.cause().primary() == Cause.Kind.MEMCG_LIMIT) {
        boolean named =
            Objects.requireNonNull(kill.cause().why()).toString().contains("in none of these");
        assertThat(named).isEqualTo(rest != null && rest > MemcgAccounting.slack(usage));
      }
    }
  }

  private static Memory.@Nullable Accounting check(@Nullable Memory memory) {
    Memory.Accounting accounting = memory == null ? null : memory.accounting();
    if (accounting == null) {
      return null;
    }
    assertThat(accounting.shares().values()).allSatisfy(b -> assertThat(b).isNotNegative());
    long sum = accounting.shares().values().stream().mapToLong(Long::longValue).sum();
    assertThat(accounting.accountedBytes()).isEqualTo(sum);
    Long rest = accounting.unaccountedBytes();
    if (rest == null) {
      assertThat(accounting.balance()).isEqualTo(Memory.Balance.INCOMPLETE);
      return accounting;
    }
    assertThat(sum + rest).isEqualTo(Objects.requireNonNull(memory.managedBytes()));
    // Less than nothing left over is said, not hidden.
    assertThat(rest < 0).isEqualTo(accounting.balance() != Memory.Balance.BALANCED);
    return accounting;
  }
}

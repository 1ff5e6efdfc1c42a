package io.oomstream.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.KillReason;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Scope;
import io.oomstream.kernel.Section;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Every rule where it holds and where it does not, and which wins. */
class CauseRulesTest {

  private static Cause causeOf(TestReport report) {
    Cause cause =
        Objects.requireNonNull(
            Objects.requireNonNull(Diagnosis.of(report.build(), "h", Thresholds.defaults()).block())
                .cause());
    assertThat(cause.evidence()).isNotEmpty();
    assertThat(cause.summary()).endsWith(".").doesNotContain("null", "{");
    assertThat(cause.advice()).isNotEmpty();
    assertThat(cause.why())
        .allSatisfy(s -> assertThat(s).endsWith(".").doesNotContain("null", "{"));
    return cause;
  }

  private static String why(Cause cause) {
    return String.join(" ", Objects.requireNonNull(cause.why()));
  }

  private static Cause.Kind primary(TestReport report) {
    return causeOf(report).primary();
  }

  @Test
  void processesThatUsedUpMemory() {
    TestReport report = TestReport.global().mib("active_anon", 900).tasks("hog", 1, 880 << 10, 100);
    Cause cause = causeOf(report);
    assertThat(cause.primary()).isEqualTo(Cause.Kind.MEMORY_EXHAUSTED);
    assertThat(cause.contributing()).isEmpty();
    assertThat(why(cause)).contains("hog (pid 100) uses the most: 880.0 MiB", "90.0 %");
  }

  @Test
  void freeMemoryWithinReachContradictsExhaustion() {
    Cause cause =
        causeOf(
            TestReport.global()
                .mib("active_anon", 600)
                .zone("Normal", 300, 300, 4, List.of(new Memory.FreeBlocks(0, 9, "U"))));
    assertThat(cause.primary()).isEqualTo(Cause.Kind.UNDETERMINED);
    assertThat(cause.summary()).contains("Memory was not short", "294.0 MiB");
  }

  @Test
  void pageTables() {
    assertThat(primary(TestReport.global().mib("pagetables", 600).mib("active_anon", 300)))
        .isEqualTo(Cause.Kind.PAGE_TABLE_BLOAT);
    assertThat(primary(TestReport.global().mib("pagetables", 100).mib("active_anon", 800)))
        .isEqualTo(Cause.Kind.MEMORY_EXHAUSTED);
  }

  @Test
  void shareThatIsLessThanTheBiggestProcessContributesOnly() {
    Cause cause =
        causeOf(
            TestReport.global()
                .mib("pagetables", 210)
                .mib("active_anon", 700)
                .tasks("hog", 1, 600 << 10, 1000));
    assertThat(cause.primary()).isEqualTo(Cause.Kind.MEMORY_EXHAUSTED);
    assertThat(cause.contributing()).containsExactly(Cause.Kind.PAGE_TABLE_BLOAT);
  }

  @Test
  void slabLeak() {
    Cause cause =
        causeOf(
            TestReport.global()
                .mib("slab_unreclaimable", 500)
                .mib("active_anon", 400)
                .tasks("app", 8, 50 << 10, 100)
                .slab("kmalloc-cg-2k", 480));
    assertThat(cause.primary()).isEqualTo(Cause.Kind.KERNEL_SLAB_LEAK);
    assertThat(why(cause)).contains("kmalloc-cg-2k with 480.0 MiB");
    assertThat(primary(TestReport.global().mib("slab_unreclaimable", 200).mib("active_anon", 700)))
        .isEqualTo(Cause.Kind.MEMORY_EXHAUSTED);
  }

  @Test
  void shmemIsNotTheAnonymousMemoryOfItsUsers() {
    assertThat(
            primary(
                TestReport.global()
                    .mib("inactive_anon", 850)
                    .mib("shmem", 800)
                    .tasks("postgres", 3, 800 << 10, 100)))
        .isEqualTo(Cause.Kind.SHMEM_OR_TMPFS);
  }

  @Test
  void lockedMemory() {
    Cause cause =
        causeOf(
            TestReport.global()
                .mib("unevictable", 850)
                .mib("active_anon", 10)
                .swap(1000, 900)
                .tasks("locker", 1, 840 << 10, 100));
    assertThat(cause.primary()).isEqualTo(Cause.Kind.LOCKED_OR_UNEVICTABLE);
    assertThat(why(cause))
        .contains("900.0 MiB of 1000.0 MiB swap are free, but that doesn't help: locked pages");
  }

  @Test
  void unusedHugePagesWinWhateverTheBiggestProcessHolds() {
    assertThat(
            primary(
                TestReport.global()
                    .mib("active_anon", 550)
                    .tasks("hog", 1, 500 << 10, 100)
                    .hugePages(200)))
        .isEqualTo(Cause.Kind.HUGE_PAGES_RESERVED);
    assertThat(primary(TestReport.global().mib("active_anon", 850).hugePages(20)))
        .isEqualTo(Cause.Kind.MEMORY_EXHAUSTED);
  }

  @Test
  void forkBombIsToldByItsCrowdThoughPageTablesAreTheBiggestShare() {
    Cause cause =
        causeOf(
            TestReport.global()
                .mib("active_anon", 50)
                .mib("pagetables", 480)
                .mib("slab_unreclaimable", 200)
                .kernelStack(150)
                .tasks("bomb", 9000, 800, 52)
                .tasks("sshd", 1, 3000, 50));
    assertThat(cause.primary()).isEqualTo(Cause.Kind.FORK_BOMB);
    assertThat(cause.contributing()).contains(Cause.Kind.PAGE_TABLE_BLOAT);
    assertThat(cause.summary()).contains("9000 tasks named bomb");
  }

  @Test
  void crowdThatHoldsLessThanOneProcessIsNoForkBomb() {
    assertThat(
            primary(
                TestReport.global()
                    .mib("active_anon", 540)
                    .mib("pagetables", 100)
                    .mib("slab_unreclaimable", 90)
                    .kernelStack(75)
                    .tasks("spawner", 4500, 850, 24)
                    .tasks("lasthog", 1, 500 << 10, 900)))
        .isEqualTo(Cause.Kind.MEMORY_EXHAUSTED);
  }

  @Test
  void workersWithMemoryOfTheirOwnAreNoForkBomb() {
    assertThat(
            primary(
                TestReport.global().mib("active_anon", 950).tasks("worker", 350, 30 << 10, 100)))
        .isEqualTo(Cause.Kind.MEMORY_EXHAUSTED);
  }

  @Test
  void crowdIsToldByKernelStacksWhereTheTableIsLostOrHoldsNoThreads() {
    TestReport lostTable =
        TestReport.global()
            .mib("active_anon", 90)
            .mib("pagetables", 400)
            .mib("slab_unreclaimable", 180)
            .kernelStack(160)
            .without(Section.TASKS);
    assertThat(primary(lostTable)).isEqualTo(Cause.Kind.FORK_BOMB);
  }

  @Test
  void unaccountedMemory() {
    assertThat(primary(TestReport.global().unaccounted(600).mib("active_anon", 200).hugePages(0)))
        .isEqualTo(Cause.Kind.UNACCOUNTED_KERNEL_MEMORY);
    Cause noPools = causeOf(TestReport.global().unaccounted(600).mib("active_anon", 200));
    assertThat(noPools.primary()).isEqualTo(Cause.Kind.UNDETERMINED);
    assertThat(noPools.summary()).contains("does not say how many huge pages");
  }

  @Test
  void fullSwapOnlyContributes() {
    Cause cause = causeOf(TestReport.global().mib("active_anon", 900).swap(1000, 2));
    assertThat(cause.primary()).isEqualTo(Cause.Kind.MEMORY_EXHAUSTED);
    assertThat(cause.contributing()).containsExactly(Cause.Kind.SWAP_EXHAUSTED);
    assertThat(causeOf(TestReport.global().mib("active_anon", 900).swap(0, 0)).contributing())
        .isEmpty();
  }

  @Test
  void lowZoneUsedUpWhileAHigherOneHasPlenty() {
    TestReport report =
        TestReport.global()
            .mib("active_anon", 300)
            .request(0, "NORMAL")
            .zone("Normal", 3, 3, 4, List.of())
            .zone("HighMem", 500, 500, 2, List.of());
    assertThat(primary(report)).isEqualTo(Cause.Kind.ZONE_EXHAUSTED);
    TestReport allowed =
        TestReport.global()
            .mib("active_anon", 900)
            .request(0, "HIGHMEM")
            .zone("Normal", 3, 3, 4, List.of())
            .zone("HighMem", 3, 3, 4, List.of());
    assertThat(primary(allowed)).isEqualTo(Cause.Kind.MEMORY_EXHAUSTED);
  }

  @Test
  void fragmentation() {
    List<Memory.FreeBlocks> small = List.of(new Memory.FreeBlocks(0, 50_000, "UM"));
    List<Memory.FreeBlocks> reserved =
        List.of(new Memory.FreeBlocks(0, 50_000, "U"), new Memory.FreeBlocks(4, 9, "HC"));
    List<Memory.FreeBlocks> large = List.of(new Memory.FreeBlocks(5, 1, "U"));
    for (List<Memory.FreeBlocks> buddy : List.of(small, reserved)) {
      assertThat(
              primary(
                  TestReport.global()
                      .mib("active_anon", 700)
                      .request(3, "NORMAL")
                      .zone("Normal", 195, 195, 4, buddy)))
          .isEqualTo(Cause.Kind.FRAGMENTATION);
    }
    assertThat(
            primary(
                TestReport.global()
                    .mib("active_anon", 900)
                    .request(3, "NORMAL")
                    .zone("Normal", 50, 50, 4, large)))
        .isEqualTo(Cause.Kind.MEMORY_EXHAUSTED);
  }

  @Test
  void theKernelsOwnWordGoesBeforeAnyShare() {
    TestReport bloated = TestReport.global().mib("pagetables", 700).sysrq();
    assertThat(primary(bloated)).isEqualTo(Cause.Kind.MANUAL_SYSRQ);
    assertThat(primary(TestReport.global().mib("pagetables", 700).scoped(Scope.Kind.CPUSET, null)))
        .isEqualTo(Cause.Kind.CPUSET_OR_POLICY);
    assertThat(
            primary(
                TestReport.global().mib("pagetables", 700).scoped(Scope.Kind.MEMORY_POLICY, null)))
        .isEqualTo(Cause.Kind.CPUSET_OR_POLICY);
    assertThat(
            primary(
                TestReport.global()
                    .mib("pagetables", 700)
                    .scoped(Scope.Kind.MEMCG, "/pod")
                    .memcg(64, 64, Map.of())))
        .isEqualTo(Cause.Kind.MEMCG_LIMIT);
  }

  @Test
  void controlGroupsLimitAndWhatFilledIt() {
    Cause cause =
        causeOf(
            TestReport.killLineOnly()
                .scoped(Scope.Kind.MEMCG, "/pod")
                .memcg(64, 64, Map.of("shmem", 50 * TestReport.MIB)));
    assertThat(cause.primary()).isEqualTo(Cause.Kind.MEMCG_LIMIT);
    assertThat(cause.contributing()).containsExactly(Cause.Kind.SHMEM_OR_TMPFS);
    assertThat(cause.summary()).contains("/pod hit its memory limit of 64.0 MiB");
  }

  @Test
  void killLineWithoutReport() {
    Cause memcg =
        causeOf(
            TestReport.killLineOnly()
                .scoped(Scope.Kind.MEMCG, null)
                .victim("app", 0, KillReason.MEMCG_OUT_OF_MEMORY, null));
    assertThat(memcg.primary()).isEqualTo(Cause.Kind.MEMCG_LIMIT);
    assertThat(memcg.evidence().get(0).line()).contains("Killed process 42");
    Cause global = causeOf(TestReport.killLineOnly());
    assertThat(global.primary()).isEqualTo(Cause.Kind.UNDETERMINED);
    assertThat(global.summary()).contains("rate limit");
  }

  @Test
  void missingSectionsMakeAWeakerAnswerNeverAGuess() {
    assertThat(primary(TestReport.global().mib("pagetables", 700).without(Section.MEM_INFO)))
        .isEqualTo(Cause.Kind.UNDETERMINED);
    Cause noTotals = causeOf(TestReport.global().mib("pagetables", 700).withoutTotals());
    assertThat(noTotals.primary()).isEqualTo(Cause.Kind.UNDETERMINED);
    assertThat(noTotals.summary()).contains("how much memory there is");
  }
}

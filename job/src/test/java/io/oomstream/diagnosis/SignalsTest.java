package io.oomstream.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.context.Findings;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.event.AnomalySignal;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.Severity;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.KillReason;
import io.oomstream.event.section.Scope;
import io.oomstream.format.line.KernelLine;
import io.oomstream.kernel.LineRule;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignalsTest {

  private static List<AnomalySignal> signals(KernelBlock block) {
    List<AnomalySignal> signals =
        Diagnosis.of(block, "h", Thresholds.defaults()).signals().stream()
            .map(Findings.Signal::signal)
            .toList();
    assertThat(signals).allSatisfy(s -> assertThat(s.evidence()).isNotEmpty());
    assertThat(signals)
        .allSatisfy(s -> assertThat(s.summary()).endsWith(".").doesNotContain("null"));
    return signals;
  }

  private static List<SignalKind> kinds(TestReport report) {
    return signals(report.build()).stream().map(AnomalySignal::kind).toList();
  }

  private static List<AnomalySignal> ofLine(int facility, String text) {
    KernelLine line = LabReports.line("t", 1, 1L, 5_000_000L, facility, text);
    List<KernelBlock> blocks = LabReports.parse(List.of(line));
    assertThat(blocks).hasSize(1);
    assertThat(Diagnosis.of(blocks.get(0), "h", Thresholds.defaults()).kills()).isEmpty();
    return Diagnosis.of(blocks.get(0), "h", Thresholds.defaults()).signals().stream()
        .map(Findings.Signal::signal)
        .toList();
  }

  @Test
  void ordinaryReportHasNone() {
    assertThat(kinds(TestReport.global().mib("active_anon", 900).mib("free", 20))).isEmpty();
  }

  @Test
  void shares() {
    assertThat(
            kinds(
                TestReport.global()
                    .mib("free", 20)
                    .mib("pagetables", 250)
                    .mib("slab_unreclaimable", 310)
                    .mib("shmem", 320)
                    .unaccounted(260)))
        .containsExactlyInAnyOrder(
            SignalKind.PAGE_TABLE_BLOAT,
            SignalKind.UNRECLAIMABLE_SLAB_HIGH,
            SignalKind.SHMEM_HIGH,
            SignalKind.UNACCOUNTED_MEMORY_HIGH);
  }

  @Test
  void freeMemoryAndSwap() {
    assertThat(kinds(TestReport.global().mib("free", 10).swap(1000, 5)))
        .containsExactlyInAnyOrder(SignalKind.MEMORY_EXHAUSTED, SignalKind.SWAP_EXHAUSTED);
    assertThat(kinds(TestReport.global().mib("free", 11).swap(0, 0))).isEmpty();
    assertThat(kinds(TestReport.global().mib("free", 20).swap(1000, 900)))
        .containsExactly(SignalKind.SWAP_FREE_MISLEADING);
    assertThat(kinds(TestReport.global().mib("free", 20).swap(1000, 900).sysrq())).isEmpty();
    assertThat(kinds(TestReport.global().mib("free", 5).scoped(Scope.Kind.MEMORY_POLICY, null)))
        .isEmpty();
  }

  @Test
  void victims() {
    assertThat(kinds(TestReport.killLineOnly().victim("app", 0, KillReason.OUT_OF_MEMORY, 3)))
        .containsExactly(SignalKind.UNEXPECTED_VICTIM);
    assertThat(kinds(TestReport.killLineOnly().victim("app", 0, KillReason.OOM_GROUP, 2)))
        .as("the kernel's words explain a member of a group that dies as a whole")
        .isEmpty();
    AnomalySignal asked =
        signals(TestReport.killLineOnly().victim("app", 0, KillReason.ALLOCATING_TASK, 2).build())
            .get(0);
    assertThat(asked.severity()).isEqualTo(Severity.INFO);
    assertThat(asked.summary()).contains("vm.oom_kill_allocating_task");
    assertThat(asked.relatedEvents()).hasSize(1);
    assertThat(kinds(TestReport.killLineOnly().victim("sshd", 0, KillReason.OUT_OF_MEMORY, 1)))
        .containsExactly(SignalKind.CRITICAL_VICTIM);
    assertThat(kinds(TestReport.killLineOnly().victim("db", -500, KillReason.OUT_OF_MEMORY, null)))
        .containsExactly(SignalKind.CRITICAL_VICTIM);
    assertThat(kinds(TestReport.killLineOnly().reaper(false)))
        .containsExactly(SignalKind.OOM_REAPER_STALLED);
    assertThat(kinds(TestReport.killLineOnly().reaper(true))).isEmpty();
  }

  @Test
  void kernelThatCouldNotHelpItself() {
    assertThat(kinds(TestReport.killLineOnly().nobodyKilled()))
        .containsExactly(SignalKind.NO_KILLABLE_PROCESS);
    assertThat(
            kinds(
                TestReport.killLineOnly()
                    .panic("Out of memory: compulsory panic_on_oom is enabled")))
        .containsExactly(SignalKind.OOM_PANIC);
    assertThat(kinds(TestReport.killLineOnly().lost(3))).containsExactly(SignalKind.LOG_LOSS);
  }

  @Test
  void failedAllocations() {
    assertThat(kinds(failure(4))).containsExactly(SignalKind.HIGH_ORDER_ALLOCATION_FAILURE);
    assertThat(kinds(failure(3))).containsExactly(SignalKind.ALLOCATION_FAILURE);
    TestReport slab =
        TestReport.killLineOnly()
            .failed(
                MemoryBlock.Kind.SLAB_ALLOCATION_FAILURE,
                new KernelBlock.Failure("SLUB: Unable", 0, "kmalloc-64"))
            .line(LineRule.SLUB_FAILURE, "SLUB: Unable to allocate memory on node -1, gfp=0x820");
    assertThat(signals(slab.build()).get(0).subject()).isEqualTo("kmalloc-64");
    TestReport vmalloc =
        TestReport.killLineOnly()
            .failed(
                MemoryBlock.Kind.PAGE_ALLOCATION_FAILURE,
                new KernelBlock.Failure("vmalloc error: size 4096", null, null))
            .line(LineRule.VMALLOC_FAILURE, "insmod: vmalloc error: size 4096, mode:0xcc0");
    assertThat(kinds(vmalloc)).containsExactly(SignalKind.VMALLOC_FAILURE);
  }

  private static TestReport failure(int order) {
    return TestReport.killLineOnly()
        .request(order, "NORMAL")
        .failed(
            MemoryBlock.Kind.PAGE_ALLOCATION_FAILURE,
            new KernelBlock.Failure("page allocation failure: order:" + order, order, null))
        .line(
            LineRule.PAGE_ALLOCATION_FAILURE,
            "asker: page allocation failure: order:" + order + ", mode:0xcc0");
  }

  @Test
  void singleLines() {
    AnomalySignal pids =
        ofLine(0, "cgroup: fork rejected by pids controller in /system.slice/app.service").get(0);
    assertThat(pids.kind()).isEqualTo(SignalKind.PIDS_LIMIT);
    assertThat(pids.subject()).isEqualTo("/system.slice/app.service");
    AnomalySignal kept = ofLine(0, "oom_kill_process: 7 callbacks suppressed").get(0);
    assertThat(kept.kind()).isEqualTo(SignalKind.LOG_LOSS);
    assertThat(kept.measured()).isEqualTo(7);
    assertThat(kept.severity()).isEqualTo(Severity.WARNING);
    assertThat(ofLine(0, "net_ratelimit: 12 callbacks suppressed").get(0).severity())
        .isEqualTo(Severity.INFO);
    assertThat(ofLine(0, "** 12 printk messages dropped **").get(0).measured()).isEqualTo(12);
    KernelLine boot =
        LabReports.line("t", 1, 1L, 5_000_000L, 0, "Linux version 6.1.0 (build@host)");
    assertThat(LabReports.parse(List.of(boot))).isEmpty();
  }

  @Test
  void forgedLinesMakeASignalAndNoEvent() {
    String text =
        "Out of memory: Killed process 1 (init) total-vm:8kB, anon-rss:4kB, file-rss:0kB,"
            + " shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0";
    assertThat(ofLine(1, text))
        .extracting(AnomalySignal::kind)
        .containsExactly(SignalKind.SPOOFED_KERNEL_LINE);
    assertThat(ofLine(1, "Call Trace:")).isEmpty();
  }

  @Test
  void sameKillHasTheSameIdByWhateverPartitionItCame() {
    String text =
        "Out of memory: Killed process 42 (hog) total-vm:8kB, anon-rss:4kB, file-rss:0kB,"
            + " shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0";
    KernelLine here = LabReports.line("a", 1, 1L, 5_000_000L, 0, text);
    KernelLine there = LabReports.line("b", 77, 1L, 5_000_000L, 0, text);
    KernelLine later = LabReports.line("a", 1, 1L, 6_000_000L, 0, text);
    assertThat(idOf(here)).isEqualTo(idOf(there)).matches("[0-9a-f]{32}");
    assertThat(idOf(later)).isNotEqualTo(idOf(here));
  }

  private static String idOf(KernelLine line) {
    return Diagnosis.of(LabReports.parse(List.of(line)).get(0), "h", Thresholds.defaults())
        .kills()
        .get(0)
        .id();
  }
}

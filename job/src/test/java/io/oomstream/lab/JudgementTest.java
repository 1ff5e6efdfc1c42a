package io.oomstream.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.AnomalySignal;
import io.oomstream.event.KillEvent;
import io.oomstream.event.Severity;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Blame;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Swap;
import io.oomstream.event.section.Tasks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Judgements on variations of a report: families, swap that goes, who took what no counter holds.
 */
class JudgementTest {

  @ParameterizedTest
  @ValueSource(strings = {"-1164kB", "18446744073709550452kB"})
  void lessThanNoFreeSwapIsSwapoff(String free) {
    KillEvent kill = kill(replaced("Free swap  = 0kB", "Free swap  = " + free));
    Swap swap = Objects.requireNonNull(kill.swap());
    assertThat(swap.state()).isEqualTo(Swap.State.UNKNOWN);
    assertThat(swap.reason()).contains("swapoff");
    assertThat(kill.block().unparsedLines()).isZero();
    assertThat(kill.cause().contributing()).doesNotContain(Cause.Kind.SWAP_EXHAUSTED);
  }

  @ParameterizedTest
  @CsvSource({
    "'    88.0 MiB    22528 drivers/gpu/drm/v3d/v3d_bo.c:200 [v3d] func:v3d_bo_create'",
    "'    92274688    22528 drivers/gpu/drm/v3d/v3d_bo.c:200 [v3d] func:v3d_bo_create'"
  })
  void theAllocationProfileNamesWhoTookWhatNoCounterHolds(String row) {
    List<String> lines = new ArrayList<>(CaseFile.lines("14"));
    int at = lines.indexOf("65536 pages cma reserved") + 1;
    lines.addAll(
        at,
        List.of(
            "Memory allocations:",
            row,
            "    71.4 MiB    18278 mm/memory.c:1076 func:folio_prealloc",
            "     1.0 MiB      256 kernel/fork.c:320 func:other"));
    KillEvent kill = kill(lines);
    assertThat(kill.cause().primary()).isEqualTo(Cause.Kind.UNACCOUNTED_KERNEL_MEMORY);
    assertThat(why(kill).get(1))
        .contains("v3d_bo_create [v3d] (88.0 MiB)")
        .doesNotContain("folio_prealloc", "other");
    assertThat(kill.cause().evidence())
        .anyMatch(
            e -> Long.valueOf(92274688).equals(e.value()) && e.fact().contains("v3d_bo.c:200"));
  }

  @Test
  void slabAdviceNamesACacheThatSomebodyCanActOn() {
    ReportFixture fixture =
        ReportFixture.all().stream()
            .filter(f -> f.name().equals("v7-0-global-slab"))
            .findFirst()
            .orElseThrow();
    List<String> lines = new ArrayList<>();
    for (byte[] line : fixture.lines()) {
      String text = new String(line, StandardCharsets.ISO_8859_1);
      lines.add(text);
      if (text.contains("Used          Total")) {
        lines.add(
            text.substring(0, text.indexOf("] ") + 2) + "kmemleak_object  99000000KB  99000000KB");
      }
    }
    String without = advice(CaseFile.run(text(fixture)).kills().get(0)).get(0);
    KillEvent kill = CaseFile.run(lines).kills().get(0);
    assertThat(advice(kill).get(0)).isEqualTo(without).doesNotContain("kmemleak_object");
    assertThat(why(kill).toString()).contains("kmemleak_object", "checker");
  }

  private static List<String> text(ReportFixture fixture) {
    return fixture.lines().stream()
        .map(line -> new String(line, StandardCharsets.ISO_8859_1))
        .toList();
  }

  /** 68 workers of one kind, and one big bystander that is spared. */
  @ParameterizedTest
  @CsvSource({"mapper-%d,mapper", "'postgres: w%d',postgres", "worker%d,worker", "'w[%d]',w"})
  void numberedWorkersAreOneUser(String name, String family) {
    List<String> lines = new ArrayList<>();
    for (String line : CaseFile.lines("14")) {
      if (line.startsWith("[    ") || line.startsWith("[   1")) {
        continue;
      }
      String victim = String.format(name, 68);
      lines.add(
          line.replace("(python)", "(" + victim + ")")
              .replace("task=python", "task=" + victim)
              .replace("anon-rss:122228kB", "anon-rss:400kB"));
      if (line.startsWith("[  pid  ]")) {
        for (int i = 1; i <= 68; i++) {
          long rss = i == 68 ? 100 : 600;
          long pid = i == 68 ? 996 : 2000 + i;
          lines.add(
              String.format(
                  "[%7d]  1000 %5d   747929 %8d %8d        0         0   118374    319             0 %s",
                  pid, pid, rss, rss, String.format(name, i)));
        }
        lines.add(
            "[   3000]     0  3000   747929     3000     3000        0         0   118374    319"
                + "         -1000 monitor");
      }
    }
    String totals = "active_anon:27124 inactive_anon:18649 isolated_anon:0";
    lines.set(lines.indexOf(totals), "active_anon:67124 inactive_anon:18649 isolated_anon:0");
    KillEvent kill = kill(lines);
    Blame blame = Objects.requireNonNull(kill.blame());
    Blame.Party biggest = Objects.requireNonNull(blame.biggestName());
    assertThat(biggest.name()).isEqualTo(family);
    assertThat(biggest.count()).isEqualTo(68);
    assertThat(biggest.swapBytes()).isEqualTo(68L * 319 * 4096);
    assertThat(blame.reason()).contains("68 processes of " + family);
    Tasks tasks = Objects.requireNonNull(kill.tasks());
    assertThat(tasks.count()).isEqualTo(69);
    assertThat(tasks.rows()).hasSize(10).anyMatch(r -> Objects.equals(r.pid(), 996L));
    assertThat(kill.cause().primary()).isEqualTo(Cause.Kind.MEMORY_EXHAUSTED);
    assertThat(why(kill).get(1)).contains("68 processes of " + family);
  }

  @ParameterizedTest
  @CsvSource({
    "uvc_alloc_urb_buffers,GFP_KERNEL,DEGRADED",
    "some_driver_probe,GFP_KERNEL,HARMFUL",
    "some_driver_probe,GFP_KERNEL|__GFP_NORETRY,HARMLESS",
    "copy_process,GFP_KERNEL|__GFP_NORETRY,HARMFUL"
  })
  void driversThatTryAgainWithLess(String caller, String flags, String judgement) {
    boolean retries = flags.contains("NORETRY");
    List<String> lines =
        List.of(
            "cam: page allocation failure: order:6, mode:"
                + (retries ? "0x1cc0" : "0xcc0")
                + "("
                + flags
                + "), nodemask=(null),cpuset=/,mems_allowed=0",
            "CPU: 1 PID: 4242 Comm: cam Not tainted 6.6.0 #1",
            "Call Trace:",
            " warn_alloc+0x100/0x170",
            " __alloc_pages+0x800/0x900",
            caller.equals("copy_process")
                ? " alloc_thread_stack_node+0x1/0x2"
                : " usb_alloc_coherent+0x1/0x2",
            " " + caller + "+0x10/0x200",
            "Mem-Info:");
    AnomalySignal signal =
        CaseFile.run(lines).signals().stream()
            .filter(s -> s.kind() == SignalKind.HIGH_ORDER_ALLOCATION_FAILURE)
            .findFirst()
            .orElseThrow();
    assertThat(Objects.requireNonNull(signal.allocation()).judgement())
        .isEqualTo(AnomalySignal.Judgement.valueOf(judgement));
    assertThat(signal.severity())
        .isEqualTo(judgement.equals("HARMFUL") ? Severity.WARNING : Severity.INFO);
  }

  /** Up to 2.6.27 processes and files are one figure, up to 2.6.31 all slab is. */
  @Test
  void totalsOfKernelsBefore2632() {
    List<String> lines = CaseFile.lines("01");
    List<String> older =
        lines.stream()
            .filter(l -> !l.contains("inactive_file:103"))
            .map(
                l ->
                    l.replace(
                        "Active_anon:72835 active_file:89 inactive_anon:60000",
                        "Active:72924 inactive:60103 dirty:36 writeback:0 unstable:0"))
            .toList();
    Cause cause = kill(older).cause();
    assertThat(cause.primary()).isEqualTo(Cause.Kind.MEMORY_EXHAUSTED);
    Cause unsplit = kill(older.stream().filter(l -> !l.contains("pagecache")).toList()).cause();
    assertThat(unsplit.primary()).isEqualTo(Cause.Kind.UNDETERMINED);
    assertThat(unsplit.summary()).contains("processes and files together (52.0 %");
    assertThat(unsplit.toString()).doesNotContain("lost lines");
    List<String> slab =
        lines.stream()
            .map(l -> l.replace("slab:38211", "slab:150000"))
            .map(
                l ->
                    l.replace(
                        "Active_anon:72835 active_file:89 inactive_anon:60000",
                        "Active_anon:12835 active_file:89 inactive_anon:6000"))
            .toList();
    assertThat(kill(slab).cause().primary()).isEqualTo(Cause.Kind.KERNEL_SLAB_LEAK);
    assertThat(kill(lines).cause().contributing()).isEmpty();
  }

  /** One of many mappers dies of the page tables that all of them filled. */
  @Test
  void oneOfAFamilyWithPageTablesIsNoBystander() {
    KillEvent kill =
        PlainPipeline.run(LabLogs.one("6.1.0-50-686-pae", "07-pagetables", "kmsg.log"))
            .kills()
            .get(1);
    Blame blame = Objects.requireNonNull(kill.blame());
    assertThat(kill.cause().primary()).isEqualTo(Cause.Kind.PAGE_TABLE_BLOAT);
    assertThat(blame.role()).isEqualTo(Blame.Role.USER);
    assertThat(blame.reason()).contains("processes of mapper");
  }

  @Test
  void theAdviceOnSlabHasTheCachesOwnSize() {
    KillEvent kill =
        PlainPipeline.run(LabLogs.one("6.12.117+deb13-amd64", "12-slab-leak", "kmsg.log"))
            .kills()
            .get(0);
    assertThat(advice(kill).get(0)).contains("msg_msg-2k (159.1 MiB)").doesNotContain("166.6");
  }

  /** Neither vmalloc itself nor the way into the kernel asks for memory. */
  @ParameterizedTest
  @CsvSource({"v5-15-vmalloc,init_module", "v6-12-failure-dma32,does not show which code"})
  void theCallerIsWhoAskedForMemory(String name, String caller) {
    ReportFixture fixture =
        ReportFixture.all().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
    assertThat(CaseFile.run(text(fixture)).signals().get(0).summary())
        .contains(caller)
        .doesNotContain("__vmalloc_area_node", "do_syscall_64");
  }

  @Test
  void aGroupOfVersion1HasNoMemoryHigh() {
    assertThat(advice(kill(CaseFile.lines("19"))).toString()).doesNotContain("memory.high");
    assertThat(advice(kill(CaseFile.lines("18"))).toString()).contains("memory.high");
  }

  @Test
  void aFaultWithoutTaskTableSaysWhatSwitchesItOff() {
    List<String> lines =
        CaseFile.lines("29").stream()
            .filter(l -> !l.contains("Tasks state") && !l.contains("] [ "))
            .toList();
    assertThat(why(kill(lines)).toString()).contains("vm.oom_dump_tasks=0");
  }

  @Test
  void vmallocIsTheLastResortOfKvmalloc() {
    List<String> lines =
        List.of(
            "xfsaild: page allocation failure: order:0, mode:0x2(__GFP_HIGHMEM),"
                + " nodemask=(null),cpuset=/,mems_allowed=0",
            "CPU: 1 PID: 4242 Comm: xfsaild Not tainted 6.6.0 #1",
            "Call Trace:",
            " warn_alloc+0x100/0x170",
            " __vmalloc_node_range+0x1/0x2",
            " kvmalloc_node+0x10/0x200",
            " xlog_cil_alloc_shadow_bufs+0x1/0x2",
            "Mem-Info:");
    AnomalySignal signal = CaseFile.run(lines).signals().get(0);
    assertThat(Objects.requireNonNull(signal.allocation()).judgement())
        .isEqualTo(AnomalySignal.Judgement.HARMFUL);
  }

  private static List<String> why(KillEvent kill) {
    return Objects.requireNonNull(kill.cause().why());
  }

  private static List<String> advice(KillEvent kill) {
    return Objects.requireNonNull(kill.cause().advice());
  }

  private static List<String> replaced(String line, String by) {
    return CaseFile.lines("14").stream().map(l -> l.equals(line) ? by : l).toList();
  }

  private static KillEvent kill(List<String> lines) {
    List<KillEvent> kills = CaseFile.run(lines).kills();
    assertThat(kills).hasSize(1);
    return kills.get(0);
  }
}

package io.oomstream.diagnosis;

import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.context.Usage;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.Badness;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.event.section.Gfp;
import io.oomstream.event.section.Host;
import io.oomstream.event.section.KillReason;
import io.oomstream.event.section.Memcg;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Provenance;
import io.oomstream.event.section.Reaper;
import io.oomstream.event.section.Scope;
import io.oomstream.event.section.Slab;
import io.oomstream.event.section.Tasks;
import io.oomstream.event.section.Trigger;
import io.oomstream.event.section.TriggerPath;
import io.oomstream.event.section.Victim;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A report made by hand: of a machine with 1000 MiB of managed memory, in MiB, whose sections are
 * those that were set.
 */
final class TestReport {

  static final long MIB = 1 << 20;
  private static final String KILL_LINE =
      "Out of memory: Killed process 42 (hog) total-vm:8kB, anon-rss:4kB, file-rss:0kB,"
          + " shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0";

  private final TreeSet<String> sections = new TreeSet<>();
  private final Map<String, Long> counters = new LinkedHashMap<>();
  private final List<Memory.Zone> zones = new ArrayList<>();
  private final List<Memory.HugePages> hugePages = new ArrayList<>();
  private final List<Tasks.Row> rows = new ArrayList<>();
  private final List<ClassifiedLine> lines = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private Scope scope = scope(Scope.Kind.GLOBAL, null);
  private @Nullable Memcg memcg;
  private @Nullable Long kernelStack;
  private @Nullable Long unaccounted;
  private @Nullable Long swapTotal;
  private @Nullable Long swapFree;
  private @Nullable Long total = 1024 * MIB;
  private Integer order = 0;
  private String zone = "NORMAL";
  private TriggerPath path = TriggerPath.PAGE_FAULT;
  private KillReason reason = KillReason.OUT_OF_MEMORY;
  private @Nullable Integer rank = 1;
  private @Nullable Reaper reaper;
  private String comm = "hog";
  private Integer adj = 0;
  private boolean killed = true;
  private boolean noKillable;
  private @Nullable String panic;
  private @Nullable Long lost;
  private MemoryBlock.Kind kind = MemoryBlock.Kind.OOM;
  private KernelBlock.@Nullable Failure failure;
  private @Nullable Slab slab;

  static TestReport killLineOnly() {
    TestReport report = new TestReport();
    report.scope = scope(Scope.Kind.UNKNOWN, null);
    report.sections.add("KILL");
    return report;
  }

  /** A whole report, with nothing out of the ordinary yet. */
  static TestReport global() {
    TestReport report = new TestReport();
    report.sections.addAll(List.of("INVOCATION", "SUMMARY", "KILL", "MEM_INFO", "PAGE_TOTALS"));
    report.mib("free", 8);
    return report;
  }

  TestReport mib(String counter, long mib) {
    counters.put(counter, mib * MIB);
    return this;
  }

  TestReport kernelStack(long mib) {
    kernelStack = mib * MIB;
    return this;
  }

  TestReport unaccounted(long mib) {
    unaccounted = mib * MIB;
    return this;
  }

  TestReport swap(long totalMib, long freeMib) {
    swapTotal = totalMib * MIB;
    swapFree = freeMib * MIB;
    return this;
  }

  TestReport hugePages(long unused2MibPages) {
    sections.add("HUGE_PAGES");
    hugePages.add(new Memory.HugePages(0, 2 * MIB, unused2MibPages, unused2MibPages, 0L));
    return this;
  }

  TestReport tasks(String name, int count, long rssKib, long pageTableKib) {
    sections.add("TASKS");
    for (int i = 0; i < count; i++) {
      rows.add(
          new Tasks.Row(
              100L + rows.size(),
              100L + rows.size(),
              0L,
              name,
              0,
              null,
              rssKib << 10,
              null,
              null,
              null,
              pageTableKib << 10,
              0L));
    }
    return this;
  }

  TestReport zone(
      String name, long freeMib, long effectiveMib, long minMib, List<Memory.FreeBlocks> buddy) {
    sections.add("ZONES");
    sections.add("FREE_LISTS");
    zones.add(
        new Memory.Zone(
            0,
            name,
            freeMib * MIB,
            0L,
            minMib * MIB,
            minMib * MIB * 5 / 4,
            minMib * MIB * 3 / 2,
            null,
            null,
            0L,
            List.of(),
            effectiveMib * MIB,
            effectiveMib <= minMib,
            Map.of(),
            null,
            buddy,
            null));
    return this;
  }

  TestReport request(int newOrder, String newZone) {
    order = newOrder;
    zone = newZone;
    return this;
  }

  TestReport sysrq() {
    order = -1;
    path = TriggerPath.SYSRQ;
    return this;
  }

  TestReport scoped(Scope.Kind newScope, @Nullable String cgroup) {
    scope = scope(newScope, cgroup);
    return this;
  }

  TestReport memcg(long usageMib, long limitMib, Map<String, Long> stats) {
    sections.add("MEMCG_USAGE");
    sections.add("MEMCG_STATS");
    memcg =
        new Memcg(
            "/pod",
            usageMib * MIB,
            limitMib * MIB,
            7L,
            null,
            null,
            null,
            new Memcg.Stats(stats, Map.of()),
            null);
    return this;
  }

  TestReport slab(String cache, long mib) {
    sections.add("SLAB");
    slab = new Slab(List.of(new Slab.Cache(cache, mib * MIB, mib * MIB)));
    return this;
  }

  TestReport without(Section section) {
    sections.remove(section.name());
    missing.add(section.name());
    return this;
  }

  TestReport withoutTotals() {
    total = null;
    return this;
  }

  TestReport victim(String name, int newAdj, KillReason newReason, @Nullable Integer newRank) {
    comm = name;
    adj = newAdj;
    reason = newReason;
    rank = newRank;
    return this;
  }

  TestReport reaper(boolean reaped) {
    reaper = new Reaper(reaped, null, null, null);
    return this;
  }

  TestReport nobodyKilled() {
    killed = false;
    noKillable = true;
    return this;
  }

  TestReport panic(String text) {
    killed = false;
    panic = text;
    return this;
  }

  TestReport lost(long records) {
    lost = records;
    return this;
  }

  TestReport failed(MemoryBlock.Kind newKind, KernelBlock.Failure newFailure) {
    kind = newKind;
    failure = newFailure;
    killed = false;
    return this;
  }

  TestReport line(LineRule rule, String text) {
    lines.add(new ClassifiedLine(LabReports.line("t", 1, 1L, 5_000_000L, 0, text), rule));
    return this;
  }

  KernelBlock build() {
    ClassifiedLine killLine =
        new ClassifiedLine(LabReports.line("t", 9, 9L, 5_000_009L, 0, KILL_LINE), LineRule.KILLED);
    if (killed || lines.isEmpty()) {
      lines.add(killLine);
    }
    return new KernelBlock(
        kind,
        new Host("h", null, null, null, null, 4096L),
        null,
        5_000_000L,
        new Trigger(
            "asker",
            7L,
            0L,
            0,
            order,
            order < 0 ? null : 4096L << order,
            0,
            new Gfp(
                "0xcc0",
                List.of(),
                List.of(),
                Gfp.DecodedBy.TABLE,
                true,
                true,
                true,
                zone,
                null,
                null,
                null),
            path,
            null),
        scope,
        memory(),
        memcg,
        tasks(),
        slab,
        List.of(),
        killed ? List.of(kill(killLine)) : List.of(),
        failure,
        noKillable,
        false,
        panic,
        List.of(),
        new BlockInfo(
            "block",
            missing.isEmpty(),
            List.copyOf(sections),
            missing,
            BlockInfo.ClosedBy.TERMINATOR,
            lines.size(),
            null,
            lost,
            0,
            null,
            null,
            null),
        Provenance.KERNEL,
        List.copyOf(lines));
  }

  private KernelBlock.Kill kill(ClassifiedLine line) {
    Badness badness = rank == null ? null : new Badness(1L, 1L, null, rank, "rss", null);
    Victim victim =
        new Victim(42L, comm, null, 0L, adj, null, null, null, null, MIB, null, null, badness);
    return new KernelBlock.Kill(line, victim, reason, reaper, null, 5_000_009L, scope, null);
  }

  private @Nullable Memory memory() {
    if (!sections.contains("MEM_INFO")) {
      return null;
    }
    return new Memory(
        total,
        total == null ? null : Long.valueOf(24 * MIB),
        total == null ? null : Long.valueOf(total - 24 * MIB),
        counters.get("free"),
        swapTotal,
        swapFree,
        null,
        null,
        null,
        null,
        counters,
        kernelStack == null
            ? List.of()
            : List.of(new Memory.Node(0, Map.of("kernel_stack", kernelStack), null, null)),
        zones,
        hugePages,
        new Memory.Accounting(null, unaccounted, Map.of(), null),
        null);
  }

  private @Nullable Tasks tasks() {
    if (!sections.contains("TASKS")) {
      return null;
    }
    Map<String, List<Tasks.Row>> byComm =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    r -> String.valueOf(r.comm()), LinkedHashMap::new, Collectors.toList()));
    List<Tasks.Group> groups = new ArrayList<>();
    byComm.forEach(
        (name, of) ->
            groups.add(
                new Tasks.Group(
                    name,
                    of.size(),
                    sum(of, Tasks.Row::rssBytes),
                    0L,
                    sum(of, Tasks.Row::pageTableBytes))));
    List<Tasks.Row> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparingLong((Tasks.Row r) -> Usage.held(r)).reversed());
    return new Tasks(
        rows.size(), sorted, groups, groups.size(), new Tasks.Totals(null, null, null));
  }

  private static long sum(List<Tasks.Row> rows, Function<Tasks.Row, @Nullable Long> figure) {
    return rows.stream().map(figure).filter(Objects::nonNull).mapToLong(Long::longValue).sum();
  }

  private static Scope scope(Scope.Kind kind, @Nullable String cgroup) {
    return new Scope(kind, null, null, null, null, cgroup, cgroup, null, null);
  }
}

package io.oomstream.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.Severity;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Memory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Hundreds of machines on which nothing is wrong but one request: little free, a full page cache,
 * every zone over its high mark. No signal may call their memory short.
 */
class FalseAlarmTest {

  private static final Set<SignalKind> OF_MEMORY =
      EnumSet.of(
          SignalKind.MEMORY_EXHAUSTED,
          SignalKind.SWAP_EXHAUSTED,
          SignalKind.SWAP_FREE_MISLEADING,
          SignalKind.ZONE_EXHAUSTED,
          SignalKind.PAGE_TABLE_BLOAT,
          SignalKind.UNRECLAIMABLE_SLAB_HIGH,
          SignalKind.SHMEM_HIGH,
          SignalKind.UNACCOUNTED_MEMORY_HIGH,
          SignalKind.NO_KILLABLE_PROCESS,
          SignalKind.CRITICAL_VICTIM);

  /** A machine by its pages. */
  private record Machine(long ram, long freePermille, int filePercent, long swapKb, int order) {

    long managed() {
      return ram - ram / 40;
    }

    /** {@code mm/page_alloc.c: calculate_min_free_kbytes}, in pages. */
    long min() {
      return Math.max(32, (long) Math.sqrt(managed() * 4.0 * 16) / 4);
    }

    long high() {
      return min() + min() / 2;
    }

    long free() {
      return Math.max(managed() * freePermille / 1000, high() + 64);
    }

    long file() {
      return managed() * filePercent / 100;
    }

    long slab() {
      return managed() / 25;
    }

    long anon() {
      return managed() - free() - file() - slab() - managed() / 50;
    }

    List<String> failure() {
      List<String> lines = new ArrayList<>();
      lines.add(
          "worker: page allocation failure: order:"
              + order
              + ", mode:0x40cc0(GFP_KERNEL|__GFP_COMP), nodemask=(null),cpuset=/,mems_allowed=0");
      lines.add("CPU: 1 PID: 4242 Comm: worker Not tainted 6.6.0 #1");
      lines.add("Call Trace:");
      lines.add(" warn_alloc+0x100/0x170");
      lines.addAll(dump());
      return lines;
    }

    List<String> dump() {
      List<String> lines = new ArrayList<>();
      lines.add("Mem-Info:");
      lines.add("active_anon:" + anon() + " inactive_anon:0 isolated_anon:0");
      lines.add(" active_file:" + file() / 2 + " inactive_file:" + file() / 2 + " isolated_file:0");
      lines.add(" unevictable:0 dirty:5 writeback:0");
      lines.add(" slab_reclaimable:" + slab() / 2 + " slab_unreclaimable:" + slab() / 2);
      lines.add(" mapped:100 shmem:10 pagetables:" + managed() / 200);
      lines.add(" sec_pagetables:0 bounce:0");
      lines.add(" kernel_misc_reclaimable:0");
      lines.add(" free:" + free() + " free_pcp:0 free_cma:0");
      lines.add(
          "Node 0 active_anon:"
              + anon() * 4
              + "kB inactive_anon:0kB active_file:"
              + file() / 2 * 4
              + "kB inactive_file:"
              + file() / 2 * 4
              + "kB unevictable:0kB isolated(anon):0kB isolated(file):0kB mapped:400kB dirty:20kB"
              + " writeback:0kB shmem:40kB writeback_tmp:0kB kernel_stack:"
              + managed() / 250 * 4
              + "kB pagetables:"
              + managed() / 200 * 4
              + "kB sec_pagetables:0kB all_unreclaimable? no");
      lines.add(
          "Node 0 Normal free:"
              + free() * 4
              + "kB boost:0kB min:"
              + min() * 4
              + "kB low:"
              + (min() + min() / 4) * 4
              + "kB high:"
              + high() * 4
              + "kB reserved_highatomic:0KB active_anon:0kB inactive_anon:0kB active_file:0kB"
              + " inactive_file:0kB unevictable:0kB writepending:0kB present:"
              + ram * 4
              + "kB managed:"
              + managed() * 4
              + "kB mlocked:0kB bounce:0kB free_pcp:0kB local_pcp:0kB free_cma:0kB");
      lines.add("lowmem_reserve[]: 0 0 0");
      lines.add(
          "Node 0 Normal: " + free() + "*4kB (UME) 0*8kB 0*16kB 0*32kB = " + free() * 4 + "kB");
      lines.add("Node 0 hugepages_total=0 hugepages_free=0 hugepages_surp=0 hugepages_size=2048kB");
      lines.add(file() + " total pagecache pages");
      lines.add("0 pages in swap cache");
      lines.add("Free swap  = " + swapKb * 9 / 10 + "kB");
      lines.add("Total swap = " + swapKb + "kB");
      lines.add(ram + " pages RAM");
      lines.add("0 pages HighMem/MovableOnly");
      lines.add(ram - managed() + " pages reserved");
      return lines;
    }
  }

  private static List<Machine> machines() {
    List<Machine> all = new ArrayList<>();
    for (long ram : new long[] {1 << 16, 1 << 18, 1 << 20, 5_000_000, 1 << 24}) {
      for (long free : new long[] {2, 4, 7, 9, 12, 30}) {
        for (int file : new int[] {15, 35, 70}) {
          for (long swap : new long[] {0, 2 << 20}) {
            for (int order : new int[] {0, 4, 9}) {
              all.add(new Machine(ram, free, file, swap, order));
            }
          }
        }
      }
    }
    return all;
  }

  @Test
  void failedAllocationsBesideFullPageCaches() {
    assertThat(machines()).hasSizeGreaterThan(500);
    for (Machine machine : machines()) {
      check(machine, CaseFile.run(machine.failure()));
    }
  }

  @Test
  void dumpsThatNobodyInNeedAskedFor() {
    for (Machine machine : machines()) {
      List<String> lines = new ArrayList<>(List.of("sysrq: Show Memory"));
      lines.addAll(machine.dump());
      check(machine, CaseFile.run(lines));
    }
  }

  /** The generator is worth something only if the same machine without its page cache alarms. */
  @Test
  void machinesWithoutAPageCacheDoAlarm() {
    Machine machine = new Machine(1 << 20, 2, 0, 0, 0);
    List<String> lines =
        machine.failure().stream()
            .map(line -> line.replaceAll("slab_reclaimable:\\d+", "slab_reclaimable:0"))
            .toList();
    assertThat(CaseFile.run(lines).signalKinds()).contains(SignalKind.MEMORY_EXHAUSTED);
  }

  private static void check(Machine machine, PlainPipeline.Result result) {
    assertThat(result.parsed()).as(machine.toString()).isNotEmpty();
    assertThat(result.kills()).isEmpty();
    assertThat(result.signals())
        .as(machine.toString())
        .noneMatch(s -> s.severity() == Severity.CRITICAL)
        .noneMatch(s -> OF_MEMORY.contains(s.kind()));
    result
        .parsed()
        .forEach(
            block -> {
              Memory memory = Objects.requireNonNull(block.memory());
              Memory.Accounting accounting = Objects.requireNonNull(memory.accounting());
              assertThat(accounting.unaccountedBytes()).as(machine.toString()).isNotNull();
            });
  }
}

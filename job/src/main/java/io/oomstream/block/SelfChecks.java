package io.oomstream.block;

import io.oomstream.block.memory.FreeListLines;
import io.oomstream.block.text.Digits;
import io.oomstream.block.victim.KillLine;
import io.oomstream.block.victim.KillList;
import io.oomstream.block.victim.TaskTable;
import io.oomstream.event.MemoryBlock.SelfCheck;
import io.oomstream.event.section.Gfp;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The kernel's own redundancies, held against each other as far as the block holds both sides. */
final class SelfChecks {

  /** Counters that nodes and totals both have. */
  private static final List<String> NODE_COUNTERS =
      List.of("active_anon", "inactive_anon", "active_file", "inactive_file", "unevictable");

  /** Counters move while they are printed. */
  private static final long SLACK_PAGES = 512;

  private final List<SelfCheck> checks = new ArrayList<>();

  private SelfChecks() {}

  /**
   * Every check that can be made.
   *
   * @param tasks by pid
   */
  static List<SelfCheck> of(
      Sections sections,
      @Nullable Memory memory,
      Map<Long, TaskTable.Task> tasks,
      Scope scope,
      @Nullable Gfp gfp,
      @Nullable Long pageSize) {
    SelfChecks all = new SelfChecks();
    if (memory != null) {
      all.freeLists(sections.memory.freeLists());
      all.zoneOrder(memory);
      if (!sections.memory.zones().isEmpty() && showsAllNodes(scope)) {
        all.sums(memory, gfp, pageSize);
      }
      all.swap(memory);
      all.hugePages(memory);
    }
    all.victimSize(sections.kills, tasks, pageSize);
    return List.copyOf(all.checks);
  }

  /** Nodes that the request may not use are left out ({@code SHOW_MEM_FILTER_NODES}). */
  private static boolean showsAllNodes(Scope scope) {
    return scope.nodemask() == null
        && scope.kind() != Scope.Kind.CPUSET
        && scope.kind() != Scope.Kind.MEMORY_POLICY;
  }

  private void freeLists(FreeListLines lists) {
    List<String> wrong = lists.wrongSums();
    if (wrong != null) {
      String detail = wrong.isEmpty() ? "every list adds up" : String.join("; ", wrong);
      add("freeListSums", wrong.isEmpty(), detail);
    }
  }

  private void zoneOrder(Memory memory) {
    boolean any = false;
    boolean fine = true;
    for (Memory.Zone zone : memory.zones()) {
      Long min = zone.minBytes();
      Long low = zone.lowBytes();
      Long high = zone.highBytes();
      if (min != null && low != null && high != null) {
        any = true;
        fine &= min <= low && low <= high;
      }
      Long managed = zone.managedBytes();
      Long present = zone.presentBytes();
      fine &= managed == null || present == null || managed <= present;
    }
    if (any) {
      add("zoneWatermarkOrder", fine, "min <= low <= high and managed <= present");
    }
  }

  private void sums(Memory memory, @Nullable Gfp gfp, @Nullable Long pageSize) {
    Long present = sum(memory.zones(), Memory.Zone::presentBytes);
    Long total = memory.totalBytes();
    Long managed = sum(memory.zones(), Memory.Zone::managedBytes);
    // Before managed was printed, up to 3.8, present left out what the memory map itself takes.
    if (present == null || total == null || managed == null) {
      return;
    }
    if (present < total && mayLeaveOutZones(memory, gfp)) {
      return;
    }
    exact("zonesPresentAreRam", present, total);
    if (!present.equals(total)) {
      return;
    }
    if (memory.managedBytes() != null) {
      exact("zonesManagedAreRamLessReserved", managed, memory.managedBytes());
    }
    Long free = sum(memory.zones(), Memory.Zone::freeBytes);
    if (free != null && memory.freeBytes() != null) {
      near("zonesFreeAreTotalFree", free, memory.freeBytes(), pageSize);
    }
    nodes(memory, pageSize);
  }

  /**
   * Since 6.2 zones above the one the request may use are not printed ({@code mm/show_mem.c:
   * show_free_areas}).
   */
  private static boolean mayLeaveOutZones(Memory memory, @Nullable Gfp gfp) {
    String highest = gfp == null ? null : gfp.zone();
    if (highest == null || highest.startsWith("DMA")) {
      return true;
    }
    return highest.equals("NORMAL")
        && memory.zones().stream()
            .filter(z -> z.name().equals("Normal"))
            .anyMatch(z -> z.lowmemReserveBytes().stream().anyMatch(bytes -> bytes > 0));
  }

  private void nodes(Memory memory, @Nullable Long pageSize) {
    for (String counter : NODE_COUNTERS) {
      Long total = memory.counters().get(counter);
      Long nodes = sum(memory.nodes(), node -> node.counters().get(counter));
      if (total != null && nodes != null) {
        near("nodes_" + counter, nodes, total, pageSize);
      }
    }
  }

  private void swap(Memory memory) {
    Long free = memory.swapFreeBytes();
    Long total = memory.swapTotalBytes();
    if (free != null && total != null) {
      add("swapFreeWithinTotal", free <= total, free + " of " + total + " bytes");
    }
  }

  private void hugePages(Memory memory) {
    boolean fine = true;
    for (Memory.HugePages pages : memory.hugePages()) {
      Long free = pages.free();
      Long total = pages.total();
      fine &= free == null || total == null || free <= total;
    }
    if (!memory.hugePages().isEmpty()) {
      add("hugePagesFreeWithinTotal", fine, memory.hugePages().size() + " sizes");
    }
  }

  private void victimSize(
      KillList kills, Map<Long, TaskTable.Task> tasks, @Nullable Long pageSize) {
    if (kills.kills().isEmpty()) {
      return;
    }
    KillLine victim = kills.kills().get(0).facts();
    TaskTable.Task task = tasks.get(victim.pid());
    Long printed = victim.bytes("total-vm");
    Long row = task == null ? null : Digits.times(task.get("total_vm"), pageSize);
    if (printed != null && row != null) {
      near("victimTotalVmAsInTable", row, printed, pageSize);
    }
  }

  private void exact(String name, long sum, long printed) {
    add(name, sum == printed, sum + " against " + printed + " bytes");
  }

  private void near(String name, long sum, long printed, @Nullable Long pageSize) {
    long slack =
        Math.max(Math.abs(sum), Math.abs(printed)) / 100
            + SLACK_PAGES * (pageSize == null ? 0 : pageSize);
    add(name, Math.abs(sum - printed) <= slack, sum + " against " + printed + " bytes");
  }

  private void add(String name, boolean passed, String detail) {
    checks.add(new SelfCheck(name, passed, detail));
  }

  /** Null unless every part is known. */
  private static <T> @Nullable Long sum(List<T> parts, Function<T, @Nullable Long> figure) {
    Long sum = parts.isEmpty() ? null : 0L;
    for (T part : parts) {
      sum = Digits.plus(sum, figure.apply(part));
    }
    return sum;
  }
}

package io.oomstream.diagnosis.context;

import io.oomstream.block.KernelBlock;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Tasks;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the machine's memory was used for, in bytes; absent where the block does not print it.
 *
 * @param ram all pages, the kernel's own and those never handed out too
 * @param anon pages of processes on the anonymous lists, without shmem and without locked ones
 * @param unusedHugePages reserved as huge pages and in nobody's use
 * @param unaccounted in no counter of the dump; absent where lines are lost, since what they
 *     counted would seem to be in none
 * @param processPages on the lists for pages of processes and files, locked ones and shmem too
 * @param dirtyOrWriteback file pages that must be written before they can be dropped
 * @param shares the accounting's, by its names
 * @param biggest the task that holds most; null without a whole task table
 */
public record Usage(
    @Nullable Long ram,
    @Nullable Long managed,
    @Nullable Long free,
    @Nullable Long anon,
    @Nullable Long shmem,
    @Nullable Long unevictable,
    @Nullable Long pageTables,
    @Nullable Long kernelStack,
    @Nullable Long unreclaimableSlab,
    @Nullable Long unusedHugePages,
    @Nullable Long unaccounted,
    @Nullable Long processPages,
    @Nullable Long swapTotal,
    @Nullable Long swapFree,
    @Nullable Long dirtyOrWriteback,
    Map<String, Long> shares,
    Tasks.@Nullable Row biggest) {

  static Usage of(KernelBlock block) {
    boolean whole = block.info().complete();
    Memory memory = block.memory();
    Tasks.Row biggest = whole ? biggest(block.tasks()) : null;
    if (memory == null) {
      return new Usage(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          Map.of(), biggest);
    }
    Long shmem = memory.counters().get("shmem");
    Long unevictable = memory.counters().get("unevictable");
    Long anonLists = sum(memory, "active_anon", "inactive_anon", "isolated_anon");
    anonLists = anonLists == null ? anonOfOldKernels(memory) : anonLists;
    Memory.Accounting accounting = memory.accounting();
    return new Usage(
        memory.totalBytes() != null ? memory.totalBytes() : managed(memory),
        managed(memory),
        memory.freeBytes(),
        anonLists == null
            ? null
            : Long.valueOf(Math.max(0, anonLists - (shmem == null ? 0 : shmem))),
        shmem,
        unevictable,
        memory.counters().get("pagetables"),
        inNodesOrZones(memory, "kernel_stack"),
        memory.counters().get("slab_unreclaimable"),
        unusedHugePages(memory.hugePages()),
        accounting == null || !(whole || hugePagesShown(memory))
            ? null
            : accounting.unaccountedBytes(),
        plus(
            plus(anonLists, sum(memory, "active_file", "inactive_file", "isolated_file")),
            unevictable),
        memory.swapTotalBytes(),
        memory.swapFreeBytes(),
        sum(memory, "dirty", "writeback"),
        accounting == null ? Map.of() : accounting.shares(),
        biggest);
  }

  /** One of the accounting's shares; null where the dump does not print it. */
  @Nullable
  public Long counted(String share) {
    return shares.get(share);
  }

  /** Of managed memory; null where one of both is not known. */
  @Nullable
  public Double share(@Nullable Long bytes) {
    return bytes == null || managed == null || managed <= 0
        ? null
        : Double.valueOf((double) bytes / managed);
  }

  /**
   * Ordinary memory of the biggest process: what a specific cause is held against, since a process
   * that holds more by itself is the better answer. Shared and locked pages are in a process's RSS
   * too, so it is bounded by what all have; without a task table it is that bound.
   */
  @Nullable
  public Long biggestOrdinary() {
    if (biggest == null || biggest.rssBytes() == null) {
      return anon;
    }
    return anon == null ? biggest.rssBytes() : Long.valueOf(Math.min(anon, biggest.rssBytes()));
  }

  /** Then the biggest process is the better answer. */
  public boolean isLessThanBiggest(long bytes) {
    Long ordinary = biggestOrdinary();
    return ordinary != null && ordinary > bytes;
  }

  /** In memory: resident pages and page tables. */
  public static long held(Tasks.Row row) {
    Long rss = row.rssBytes();
    Long tables = row.pageTableBytes();
    return (rss == null ? 0 : rss) + (tables == null ? 0 : tables);
  }

  private static boolean hugePagesShown(Memory memory) {
    return !memory.hugePages().isEmpty();
  }

  /** From the zones only if all are there: together they must have all that is free. */
  private static @Nullable Long managed(Memory memory) {
    if (memory.managedBytes() != null) {
      return memory.managedBytes();
    }
    Long free = total(memory.zones(), Memory.Zone::freeBytes);
    Long allFree = memory.freeBytes();
    if (free == null || allFree == null || free < allFree - allFree / 10) {
      return null;
    }
    Long managed = total(memory.zones(), Memory.Zone::managedBytes);
    return managed != null ? managed : total(memory.zones(), Memory.Zone::presentBytes);
  }

  private static Tasks.@Nullable Row biggest(@Nullable Tasks tasks) {
    Tasks.Row best = null;
    if (tasks != null) {
      for (Tasks.Row row : tasks.rows()) {
        if (best == null || held(row) > held(best)) {
          best = row;
        }
      }
    }
    return best;
  }

  /** Up to 2.6.27 one list holds pages of processes and files; how many files have is printed. */
  private static @Nullable Long anonOfOldKernels(Memory memory) {
    Long lists = plus(memory.counters().get("active"), memory.counters().get("inactive"));
    Long files = memory.pageCacheBytes();
    return lists == null || files == null ? null : Long.valueOf(Math.max(0, lists - files));
  }

  private static @Nullable Long unusedHugePages(List<Memory.HugePages> sizes) {
    Long bytes = null;
    for (Memory.HugePages size : sizes) {
      Long free = size.free();
      bytes = free == null ? bytes : plus(bytes, Long.valueOf(free * size.sizeBytes()));
    }
    return bytes;
  }

  private static @Nullable Long inNodesOrZones(Memory memory, String counter) {
    Long nodes = null;
    for (Memory.Node node : memory.nodes()) {
      nodes = plus(nodes, node.counters().get(counter));
    }
    if (nodes != null) {
      return nodes;
    }
    Long zones = null;
    for (Memory.Zone zone : memory.zones()) {
      zones = plus(zones, zone.counters().get(counter));
    }
    return zones;
  }

  private static @Nullable Long sum(Memory memory, String... counters) {
    Long sum = null;
    for (String counter : counters) {
      sum = plus(sum, memory.counters().get(counter));
    }
    return sum;
  }

  private static <T> @Nullable Long total(List<T> parts, Function<T, @Nullable Long> figure) {
    long sum = 0;
    for (T part : parts) {
      Long value = figure.apply(part);
      if (value == null) {
        return null;
      }
      sum += value;
    }
    return parts.isEmpty() ? null : Long.valueOf(sum);
  }

  /** The sum of those that are there. */
  public static @Nullable Long plus(@Nullable Long a, @Nullable Long b) {
    if (a == null) {
      return b;
    }
    return b == null ? a : Long.valueOf(a + b);
  }
}

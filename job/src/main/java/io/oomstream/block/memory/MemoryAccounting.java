package io.oomstream.block.memory;

import static java.util.stream.Collectors.toSet;

import io.oomstream.block.text.Digits;
import io.oomstream.event.section.Memory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the memory went: the counters of a dump as shares of managed memory, no page twice.
 *
 * <p>The page lists (anonymous, file, unevictable) are apart from each other, and from slab, page
 * tables, kernel stacks, huge pages and free pages. Pages of shmem lie on the anonymous lists, or
 * on the unevictable one when locked; pages in the swap cache lie on the anonymous lists.
 */
public final class MemoryAccounting {

  /** Without one of these it is not known how much no counter holds. */
  private static final List<String> NEEDED =
      List.of(
          "active_anon",
          "inactive_anon",
          "active_file",
          "inactive_file",
          "unevictable",
          "slab_reclaimable",
          "slab_unreclaimable",
          "pagetables",
          "free");

  /** One part in so many may be missing or double, as the counters move while they are read. */
  private static final long DRIFT = 100;

  private MemoryAccounting() {}

  /**
   * The accounting of a dump, from its counters, nodes, zones and huge pages. What no counter holds
   * ({@code unaccountedBytes}) is absent where a counter that belongs to the sum is missing; it may
   * be below zero, as the kernel reads its counters while they move.
   *
   * @param memory its accounting is not looked at
   * @return null where the dump does not hold enough
   */
  public static Memory.@Nullable Accounting of(Memory memory) {
    Map<String, Long> counters = memory.counters();
    if (!counters.containsKey("active_anon") && !counters.containsKey("free")) {
      return null;
    }
    Map<String, Long> shares = new LinkedHashMap<>();
    putAnon(shares, counters);
    put(shares, "file", lists(counters, "file"));
    put(shares, "lists", Digits.plus(counters.get("active"), counters.get("inactive")));
    put(shares, "unevictable", counters.get("unevictable"));
    put(shares, "slab", counters.get("slab"));
    put(shares, "slabReclaimable", counters.get("slab_reclaimable"));
    put(shares, "slabUnreclaimable", counters.get("slab_unreclaimable"));
    put(shares, "kernelMiscReclaimable", counters.get("kernel_misc_reclaimable"));
    put(shares, "pageTables", counters.get("pagetables"));
    put(shares, "secPageTables", counters.get("sec_pagetables"));
    put(shares, "kernelStack", nodesOrZones(memory, "kernel_stack"));
    put(shares, "shadowCallStack", nodesOrZones(memory, "shadow_call_stack"));
    put(shares, "hugePages", hugePages(memory.hugePages()));
    put(shares, "bounce", counters.get("bounce"));
    put(shares, "writebackTemp", nodesOrZones(memory, "writeback_tmp"));
    put(shares, "zsmalloc", nodesOrZones(memory, "zspages"));
    put(shares, "balloon", nodesOrZones(memory, "Balloon"));
    put(shares, "gpuActive", nodesOrZones(memory, "gpu_active"));
    put(shares, "gpuReclaim", nodesOrZones(memory, "gpu_reclaim"));
    put(shares, "perCpuLists", counters.get("free_pcp"));
    put(shares, "hwPoisoned", memory.hwPoisonedBytes());
    putFree(shares, memory);

    long accounted = shares.values().stream().mapToLong(Long::longValue).sum();
    Long managed = memory.managedBytes();
    boolean whole =
        counters.keySet().containsAll(NEEDED)
            && shares.containsKey("anon")
            && shares.containsKey("file")
            && shares.containsKey("kernelStack")
            && shares.containsKey("free")
            && (memory.hugePages().isEmpty() || shares.containsKey("hugePages"))
            && holdsWhatZonesAndNodesHold(memory);
    Long rest = managed == null || !whole ? null : Long.valueOf(managed - accounted);
    return new Memory.Accounting(accounted, rest, shares, balance(rest, managed));
  }

  private static Memory.Balance balance(@Nullable Long rest, @Nullable Long managed) {
    if (rest == null || managed == null) {
      return Memory.Balance.INCOMPLETE;
    }
    if (rest >= 0) {
      return Memory.Balance.BALANCED;
    }
    return rest >= -managed / DRIFT ? Memory.Balance.DRIFTED : Memory.Balance.OVERCOUNTED;
  }

  /**
   * Free CMA pages are in the count of free pages, but not everyone may have them. Where the zones
   * tell of them and the totals do not, the totals were cut.
   */
  private static void putFree(Map<String, Long> shares, Memory memory) {
    Long free = memory.counters().get("free");
    Long cma = memory.counters().get("free_cma");
    boolean cut =
        cma == null && memory.zones().stream().anyMatch(z -> z.counters().containsKey("free_cma"));
    if (free == null || cut) {
      return;
    }
    long ofCma = cma == null ? 0 : Math.min(cma, free);
    if (ofCma > 0) {
      shares.put("freeCma", ofCma);
    }
    shares.put("free", free - ofCma);
  }

  /**
   * Without shmem it is not known how much of the anonymous lists is anonymous. Kernels up to
   * 2.6.31, which print one figure for all slab, count shmem nowhere else.
   */
  private static void putAnon(Map<String, Long> shares, Map<String, Long> counters) {
    Long lists = lists(counters, "anon");
    Long shmem = counters.get("shmem");
    if (lists != null && shmem == null && counters.containsKey("slab")) {
      shares.put("anon", lists);
    }
    if (lists == null || shmem == null) {
      return;
    }
    long shmemOnLists = Math.min(shmem, lists);
    shares.put("anon", lists - shmemOnLists);
    shares.put("shmem", shmemOnLists);
  }

  /**
   * Both lists of a kind and what is isolated from them; null if one of them is missing. Kernels up
   * to 2.6.31 print none that are isolated.
   */
  private static @Nullable Long lists(Map<String, Long> counters, String kind) {
    Long sum = Digits.plus(counters.get("active_" + kind), counters.get("inactive_" + kind));
    Long isolated = counters.get("isolated_" + kind);
    boolean printed =
        counters.containsKey("isolated_anon") || counters.containsKey("isolated_file");
    return isolated == null && !printed ? sum : Digits.plus(sum, isolated);
  }

  private static void put(Map<String, Long> shares, String share, @Nullable Long bytes) {
    if (bytes != null) {
      shares.put(share, bytes);
    }
  }

  /** What a zone or a node has a counter of the totals have too: if not, their line was lost. */
  private static boolean holdsWhatZonesAndNodesHold(Memory memory) {
    Set<String> totals = memory.counters().keySet();
    boolean zones =
        memory.zones().stream()
            .allMatch(z -> !z.counters().containsKey("free_pcp") || totals.contains("free_pcp"));
    boolean nodes =
        memory.nodes().stream()
            .allMatch(
                n ->
                    !n.counters().containsKey("sec_pagetables")
                        || totals.containsAll(
                            List.of("sec_pagetables", "kernel_misc_reclaimable")));
    return zones && nodes;
  }

  /**
   * Some counters moved between the nodes' lines and the zones' over the years; no kernel prints
   * one in both. Null where one of them lacks it that others have, or where a whole line is
   * missing.
   */
  private static @Nullable Long nodesOrZones(Memory memory, String name) {
    Long nodes = sumOf(memory.nodes().stream().map(n -> n.counters().get(name)).toList());
    if (nodes != null || memory.nodes().stream().anyMatch(n -> n.counters().containsKey(name))) {
      boolean twice = memory.zones().stream().anyMatch(z -> z.counters().containsKey(name));
      return hasAllNodes(memory) && !twice ? nodes : null;
    }
    Long zones = sumOf(memory.zones().stream().map(z -> z.counters().get(name)).toList());
    if (memory.zones().stream().allMatch(z -> z.freeBytes() == null)) {
      return zones;
    }
    return ZoneLines.isAllOf(memory.counters().get("free"), memory.zones()) ? zones : null;
  }

  private static boolean hasAllNodes(Memory memory) {
    Set<Integer> nodes = memory.nodes().stream().map(Memory.Node::node).collect(toSet());
    return memory.zones().stream().allMatch(z -> z.node() == null || nodes.contains(z.node()));
  }

  /** Null if a part is missing, or if there are none. */
  private static @Nullable Long sumOf(List<@Nullable Long> parts) {
    Long sum = parts.isEmpty() ? null : 0L;
    for (Long part : parts) {
      sum = Digits.plus(sum, part);
    }
    return sum;
  }

  /** Null where a line is missing: every node has one for every size. */
  private static @Nullable Long hugePages(List<Memory.HugePages> sizes) {
    Set<Long> kinds = sizes.stream().map(Memory.HugePages::sizeBytes).collect(toSet());
    long nodes = sizes.stream().map(Memory.HugePages::node).distinct().count();
    Long bytes = sizes.isEmpty() || sizes.size() != kinds.size() * nodes ? null : 0L;
    for (Memory.HugePages size : sizes) {
      bytes = Digits.plus(bytes, Digits.times(size.total(), size.sizeBytes()));
    }
    return bytes;
  }
}

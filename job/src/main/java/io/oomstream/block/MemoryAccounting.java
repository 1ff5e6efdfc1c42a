package io.oomstream.block;

import io.oomstream.event.Memory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the memory went: the counters of a dump as shares of managed memory, no page twice.
 *
 * <p>The page lists (anonymous, file, unevictable) are apart from each other, and from slab, page
 * tables, kernel stacks, huge pages and free pages. Pages of shmem lie on the anonymous lists, or
 * on the unevictable one when locked; pages in the swap cache lie on the anonymous lists.
 */
public final class MemoryAccounting {

  /** Without one of these the rest that no counter holds can't be told. */
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
    put(shares, "file", sum(counters, "active_file", "inactive_file", "isolated_file"));
    put(shares, "unevictable", counters.get("unevictable"));
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
    put(shares, "free", counters.get("free"));

    long accounted = shares.values().stream().mapToLong(Long::longValue).sum();
    Long managed = memory.managedBytes();
    boolean whole = counters.keySet().containsAll(NEEDED) && shares.containsKey("kernelStack");
    return new Memory.Accounting(
        accounted, managed == null || !whole ? null : managed - accounted, shares);
  }

  private static void putAnon(Map<String, Long> shares, Map<String, Long> counters) {
    Long lists = sum(counters, "active_anon", "inactive_anon", "isolated_anon");
    Long shmem = counters.get("shmem");
    if (lists == null) {
      return;
    }
    long shmemOnLists = shmem == null ? 0 : Math.min(shmem, lists);
    shares.put("anon", lists - shmemOnLists);
    if (shmem != null) {
      shares.put("shmem", shmemOnLists);
    }
  }

  private static void put(Map<String, Long> shares, String share, @Nullable Long bytes) {
    if (bytes != null) {
      shares.put(share, bytes);
    }
  }

  /** The sum of those that are there; null if none is. */
  private static @Nullable Long sum(Map<String, Long> counters, String... names) {
    Long sum = null;
    for (String name : names) {
      sum = add(sum, counters.get(name));
    }
    return sum;
  }

  /** Some counters moved between the nodes' lines and the zones' over the years. */
  private static @Nullable Long nodesOrZones(Memory memory, String name) {
    Long nodes = null;
    for (Memory.Node node : memory.nodes()) {
      nodes = add(nodes, node.counters().get(name));
    }
    if (nodes != null) {
      return nodes;
    }
    Long zones = null;
    for (Memory.Zone zone : memory.zones()) {
      zones = add(zones, zone.counters().get(name));
    }
    return zones;
  }

  private static @Nullable Long hugePages(List<Memory.HugePages> sizes) {
    Long bytes = null;
    for (Memory.HugePages size : sizes) {
      Long total = size.total();
      bytes = add(bytes, total == null ? null : Long.valueOf(total * size.sizeBytes()));
    }
    return bytes;
  }

  private static @Nullable Long add(@Nullable Long sum, @Nullable Long value) {
    if (sum == null) {
      return value;
    }
    return value == null ? sum : Long.valueOf(sum + value);
  }
}

package io.oomstream.block.cgroup;

import io.oomstream.event.section.Memcg;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Sizes and counts of memory.stat apart. The kernel prints sizes in bytes, and pages that came back
 * and events as plain numbers ({@code mm/memcontrol.c: memory_stats, memcg_page_state_output_unit,
 * memcg_vm_event_stat; mm/memcontrol-v1.c: memcg1_stats}).
 */
final class MemcgStats {

  private static final String WITH_CHILDREN = "total_";

  private static final Set<String> SIZES =
      Set.of(
          "anon",
          "file",
          "kernel",
          "kernel_stack",
          "pagetables",
          "sec_pagetables",
          "percpu",
          "sock",
          "vmalloc",
          "shmem",
          "zswap",
          "zswapped",
          "file_mapped",
          "file_dirty",
          "file_writeback",
          "swapcached",
          "anon_thp",
          "file_thp",
          "shmem_thp",
          "inactive_anon",
          "active_anon",
          "inactive_file",
          "active_file",
          "unevictable",
          "slab",
          "slab_reclaimable",
          "slab_unreclaimable",
          "hugetlb",
          "cache",
          "rss",
          "rss_huge",
          "mapped_file",
          "dirty",
          "writeback",
          "swap",
          "hierarchical_memory_limit",
          "hierarchical_memsw_limit");

  private MemcgStats() {}

  static Memcg.Stats of(Map<String, Long> printed) {
    Map<String, Long> bytes = new LinkedHashMap<>();
    Map<String, Long> counts = new LinkedHashMap<>();
    printed.forEach((name, value) -> (isSize(name) ? bytes : counts).put(name, value));
    return new Memcg.Stats(bytes, counts);
  }

  private static boolean isSize(String name) {
    return SIZES.contains(
        name.startsWith(WITH_CHILDREN) ? name.substring(WITH_CHILDREN.length()) : name);
  }
}

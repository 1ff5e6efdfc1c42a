package io.oomstream.diagnosis.signal;

import io.oomstream.diagnosis.context.CallerName;
import java.util.List;
import java.util.Set;

/**
 * A request that the reclaim of memory itself makes. What waits below it in the trace did not ask
 * for this memory, and it fails where others would wait or kill: the kernel does not reclaim for
 * whoever reclaims ({@code PF_MEMALLOC} in {@code mm/page_alloc.c: __alloc_pages_slowpath}).
 */
final class Reclaim {

  private static final String UNRELIABLE = "? ";

  /** mm/vmscan.c, mm/shrinker.c. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "kswapd",
          "balance_pgdat",
          "try_to_free_pages",
          "do_try_to_free_pages",
          "try_to_free_mem_cgroup_pages",
          "__node_reclaim",
          "__zone_reclaim",
          "shrink_node",
          "shrink_zone",
          "shrink_zones",
          "shrink_lruvec",
          "shrink_inactive_list",
          "shrink_page_list",
          "shrink_folio_list",
          "evict_folios",
          "shrink_slab",
          "do_shrink_slab");

  private Reclaim() {}

  /** The frames that lie within reclaim; all of them where there is none. */
  static List<String> within(List<String> trace) {
    for (int i = 0; i < trace.size(); i++) {
      if (isReclaim(trace.get(i))) {
        return trace.subList(0, i);
      }
    }
    return trace;
  }

  private static boolean isReclaim(String frame) {
    return !frame.startsWith(UNRELIABLE) && FUNCTIONS.contains(CallerName.base(frame));
  }
}

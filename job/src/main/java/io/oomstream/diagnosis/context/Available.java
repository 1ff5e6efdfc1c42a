package io.oomstream.diagnosis.context;

import io.oomstream.event.section.Memory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What could be had without swapping, in bytes: free memory over the marks and the reserves, and
 * the file and slab pages that reclaim takes first. The kernel's own estimate, which {@code
 * /proc/meminfo} calls MemAvailable ({@code mm/show_mem.c: si_mem_available}).
 */
public final class Available {

  private Available() {}

  /**
   * Null where free memory or the file pages are not known. Without the zones' lines nothing is
   * taken off free memory, and half of the rest counts.
   */
  public static @Nullable Long of(Memory memory) {
    Map<String, Long> counters = memory.counters();
    Long free = memory.freeBytes();
    Long file = plus(counters.get("active_file"), counters.get("inactive_file"));
    if (free == null || file == null) {
      return null;
    }
    Marks marks = Marks.of(memory);
    long slab =
        or0(counters.get("slab_reclaimable")) + or0(counters.get("kernel_misc_reclaimable"));
    long keptFile = marks == null ? file / 2 : Math.min(file / 2, marks.low());
    long keptSlab = marks == null ? slab / 2 : Math.min(slab / 2, marks.low());
    long kept = marks == null ? 0 : marks.reserve();
    return Math.max(0, free - kept + file - keptFile + slab - keptSlab);
  }

  /**
   * Sums over the zones.
   *
   * @param reserve high marks and the largest lowmem reserve of each, never more than it manages
   *     ({@code mm/page_alloc.c: calculate_totalreserve_pages})
   */
  private record Marks(long low, long reserve) {

    public static @Nullable Marks of(Memory memory) {
      long low = 0;
      long reserve = 0;
      long free = 0;
      for (Memory.Zone zone : memory.zones()) {
        Long lowMark = zone.lowBytes();
        Long high = zone.highBytes();
        if (lowMark == null || high == null || zone.freeBytes() == null) {
          return null;
        }
        long lowmem = zone.lowmemReserveBytes().stream().mapToLong(Long::longValue).max().orElse(0);
        Long managed = zone.managedBytes() != null ? zone.managedBytes() : zone.presentBytes();
        low += lowMark;
        reserve += managed == null ? high + lowmem : Math.min(high + lowmem, managed);
        free += zone.freeBytes();
      }
      Long all = memory.freeBytes();
      boolean whole = all != null && free >= all - all / 10;
      return memory.zones().isEmpty() || !whole ? null : new Marks(low, reserve);
    }
  }

  private static @Nullable Long plus(@Nullable Long a, @Nullable Long b) {
    return a == null || b == null ? null : Long.valueOf(a + b);
  }

  private static long or0(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}

package io.oomstream.snapshot;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the files of one moment say together, by name. */
public final class SnapshotFigures {

  /** All memory that the kernel manages. */
  public static final String MANAGED = "managed";

  /** What can be had without swapping. */
  public static final String AVAILABLE = "available";

  public static final String FREE = "free";
  public static final String KERNEL_STACK = "kernel_stack";
  public static final String UNRECLAIMABLE_SLAB = "slab_unreclaimable";
  public static final String PAGE_TABLES = "page_tables";
  public static final String SHMEM = "shmem";
  public static final String UNACCOUNTED = "unaccounted";
  public static final String SWAP_TOTAL = "swap_total";
  public static final String SWAP_USED = "swap_used";

  /** Free blocks of 16 pages and more, of all free memory, in hundredths of a percent. */
  public static final String HIGH_ORDER_FREE = "free_order_4";

  /** Compactions that failed since boot. */
  public static final String COMPACT_FAIL = "compact_fail";

  /** Allocations that had to reclaim memory themselves since boot. */
  public static final String ALLOC_STALL = "allocstall";

  /** See {@link Pressure}. */
  public static final String PRESSURE_SOME = "pressure_some";

  public static final String PRESSURE_FULL = "pressure_full";

  private static final int HIGH_ORDER = 4;
  private static final long HUNDREDTHS = 10_000;

  private SnapshotFigures() {}

  static Map<String, Long> of(SnapshotFiles files, @Nullable Long pageSize) {
    Map<String, Long> values = new TreeMap<>();
    ofMeminfo(files.meminfo, values);
    ofPages(files, pageSize, values);
    ofBuddyinfo(files.buddyinfo, values);
    if (files.vmstat != null) {
      put(values, COMPACT_FAIL, files.vmstat.get("compact_fail"));
      put(values, ALLOC_STALL, files.vmstat.sumOf("allocstall"));
    }
    if (files.pressure != null) {
      put(values, PRESSURE_SOME, files.pressure.some());
      put(values, PRESSURE_FULL, files.pressure.full());
    }
    return values;
  }

  private static void ofMeminfo(@Nullable Meminfo meminfo, Map<String, Long> values) {
    if (meminfo == null) {
      return;
    }
    put(values, MANAGED, meminfo.get("MemTotal"));
    put(values, AVAILABLE, meminfo.available());
    put(values, FREE, meminfo.get("MemFree"));
    put(values, KERNEL_STACK, meminfo.get("KernelStack"));
    put(values, UNRECLAIMABLE_SLAB, meminfo.get("SUnreclaim"));
    put(values, PAGE_TABLES, meminfo.get("PageTables"));
    put(values, SHMEM, meminfo.get("Shmem"));
    put(values, UNACCOUNTED, meminfo.unaccounted());
    put(values, SWAP_TOTAL, meminfo.get("SwapTotal"));
    put(values, SWAP_USED, meminfo.swapUsed());
  }

  /** The same from the tables that count in pages, where a page's size is known. */
  private static void ofPages(
      SnapshotFiles files, @Nullable Long pageSize, Map<String, Long> values) {
    if (pageSize == null) {
      return;
    }
    if (files.zoneinfo != null) {
      putPages(values, MANAGED, files.zoneinfo.sum("managed"), pageSize);
      putPages(values, FREE, files.zoneinfo.sum("free"), pageSize);
    }
    Counters vmstat = files.vmstat;
    if (vmstat != null) {
      putPages(values, FREE, vmstat.get("nr_free_pages"), pageSize);
      putPages(values, UNRECLAIMABLE_SLAB, vmstat.get("nr_slab_unreclaimable"), pageSize);
      putPages(values, PAGE_TABLES, vmstat.get("nr_page_table_pages"), pageSize);
      putPages(values, SHMEM, vmstat.get("nr_shmem"), pageSize);
      Long zspages = vmstat.get("nr_zspages");
      Long bytes = zspages == null ? null : ProcText.product(zspages, pageSize);
      if (bytes != null) {
        values.computeIfPresent(UNACCOUNTED, (name, old) -> Math.max(0, old - bytes));
      }
    }
  }

  private static void ofBuddyinfo(@Nullable Buddyinfo buddyinfo, Map<String, Long> values) {
    Long all = buddyinfo == null ? null : buddyinfo.freePages(0);
    Long high = buddyinfo == null ? null : buddyinfo.freePages(HIGH_ORDER);
    if (all != null && high != null && all > 0) {
      put(values, HIGH_ORDER_FREE, Math.round((double) high / all * HUNDREDTHS));
    }
  }

  private static void putPages(
      Map<String, Long> values, String name, @Nullable Long pages, long pageSize) {
    put(values, name, pages == null ? null : ProcText.product(pages, pageSize));
  }

  private static void put(Map<String, Long> values, String name, @Nullable Long value) {
    if (value != null && value >= 0) {
      values.putIfAbsent(name, value);
    }
  }
}

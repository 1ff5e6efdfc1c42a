package io.oomstream.block.cgroup;

import io.oomstream.block.text.Digits;
import io.oomstream.event.section.Memcg;
import io.oomstream.event.section.Memory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a control group's memory went: its statistics as parts of its usage, no page twice ({@code
 * mm/memcontrol.c: memory_stat_format}).
 *
 * <p>Shmem is within {@code file}, and {@code cache} in version 1. {@code kernel} holds slab,
 * stacks, page tables, per-CPU, vmalloc and zswap memory; version 1 has it on its {@code kmem:}
 * line alone. {@code zswapped} is what zswap holds before compression, no memory. Pages of the swap
 * cache may be anonymous pages too, so they count as far as the usage has room for them.
 */
public final class MemcgAccounting {

  /** Beside {@code slab}. */
  private static final List<String> KERNEL_PARTS =
      List.of("kernel_stack", "pagetables", "sec_pagetables", "percpu", "vmalloc", "zswap");

  /**
   * What usage and statistics may differ by: each CPU holds charges in advance ({@code
   * MEMCG_CHARGE_BATCH}), and the statistics are summed up later.
   */
  private static final long SLACK_PARTS = 50;

  private static final long SLACK_BYTES = 1 << 20;

  private MemcgAccounting() {}

  /** Null where the block has no usage or no statistics. */
  static Memory.@Nullable Accounting of(
      @Nullable Long usage, Memcg.@Nullable Usage kmem, Map<String, Long> stats) {
    if (usage == null || stats.isEmpty()) {
      return null;
    }
    Map<String, Long> shares = new LinkedHashMap<>();
    put(shares, "anon", stats.containsKey("anon") ? stats.get("anon") : stats.get("rss"));
    Long file = stats.containsKey("file") ? stats.get("file") : stats.get("cache");
    Long shmem = stats.get("shmem");
    // Version 2 always prints shmem: without it, it is unknown how much of file it is.
    boolean isUnknown = file == null || (file > 0 && stats.containsKey("file") && shmem == null);
    put(shares, "file", isUnknown ? null : less(file, shmem));
    put(shares, "shmem", shmem);
    Long kernel = stats.get("kernel");
    if (kernel == null && kmem != null) {
      kernel = kmem.usageBytes();
    }
    if (kernel != null) {
      shares.put("kernel", kernel);
    } else {
      Long slab = stats.get("slab");
      put(
          shares,
          "slab",
          slab != null
              ? slab
              : Digits.plus(stats.get("slab_reclaimable"), stats.get("slab_unreclaimable")));
      KERNEL_PARTS.forEach(name -> put(shares, name, stats.get(name)));
    }
    put(shares, "sock", stats.get("sock"));
    put(shares, "hugetlb", stats.get("hugetlb"));
    Long cached = stats.get("swapcached");
    if (cached != null) {
      shares.put("swapcached", Math.min(cached, Math.max(0, usage - sum(shares))));
    }
    boolean whole =
        shares.containsKey("anon")
            && shares.containsKey("file")
            && (kernel != null || shares.containsKey("slab"));
    long accounted = sum(shares);
    Long rest = whole ? Long.valueOf(usage - accounted) : null;
    return new Memory.Accounting(accounted, rest, shares, balance(rest, usage));
  }

  /** What of the usage need not be in the statistics, in bytes. */
  public static long slack(long usage) {
    return usage / SLACK_PARTS + SLACK_BYTES;
  }

  private static Memory.Balance balance(@Nullable Long rest, long usage) {
    if (rest == null) {
      return Memory.Balance.INCOMPLETE;
    }
    if (rest >= 0) {
      return Memory.Balance.BALANCED;
    }
    return rest >= -slack(usage) ? Memory.Balance.DRIFTED : Memory.Balance.OVERCOUNTED;
  }

  private static @Nullable Long less(@Nullable Long bytes, @Nullable Long part) {
    return bytes == null || part == null ? bytes : Long.valueOf(Math.max(0, bytes - part));
  }

  private static long sum(Map<String, Long> shares) {
    return shares.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void put(Map<String, Long> shares, String name, @Nullable Long bytes) {
    if (bytes != null) {
      shares.put(name, bytes);
    }
  }
}

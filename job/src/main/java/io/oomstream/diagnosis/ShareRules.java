package io.oomstream.diagnosis;

import io.oomstream.event.Cause;
import io.oomstream.event.Evidence;
import io.oomstream.event.Slab;
import io.oomstream.event.Tasks;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The uses of memory that can be a cause by themselves. */
final class ShareRules {

  static final ShareRule PAGE_TABLES =
      new ShareRule(
          Cause.Kind.PAGE_TABLE_BLOAT,
          "page tables",
          "pagetables",
          Usage::pageTables,
          Thresholds::pageTableShare,
          ShareRules::pageTableOwner,
          "find why so much address space is mapped and hardly used, or use huge pages");

  static final ShareRule SLAB =
      new ShareRule(
          Cause.Kind.KERNEL_SLAB_LEAK,
          "unreclaimable slab caches of the kernel",
          "slab_unreclaimable",
          Usage::unreclaimableSlab,
          Thresholds::unreclaimableSlabShare,
          ShareRules::biggestCache,
          "find who allocates from the cache (kernel module, IPC objects, open files), as killing processes need not free it");

  static final ShareRule SHMEM =
      new ShareRule(
          Cause.Kind.SHMEM_OR_TMPFS,
          "shared memory and tmpfs files",
          "shmem",
          Usage::shmem,
          Thresholds::shmemShare,
          c -> ShareRule.Detail.NONE,
          "look for big files on tmpfs (df -t tmpfs) and shared memory segments (ipcs -m), as killing processes need not free them");

  static final ShareRule LOCKED =
      new ShareRule(
          Cause.Kind.LOCKED_OR_UNEVICTABLE,
          "locked (unevictable) pages",
          "unevictable",
          Usage::unevictable,
          Thresholds::unevictableShare,
          ShareRules::freeSwap,
          "limit RLIMIT_MEMLOCK or find who calls mlock");

  static final ShareRule UNACCOUNTED =
      new ShareRule(
          Cause.Kind.UNACCOUNTED_KERNEL_MEMORY,
          "pages that no counter of the kernel names",
          "free",
          Usage::unaccounted,
          Thresholds::unaccountedShare,
          c -> ShareRule.Detail.NONE,
          "look at memory ballooning, drivers, GPU and network buffers, and out-of-tree modules; if another process"
              + " was killed just before, its memory may still be on its way back");

  private ShareRules() {}

  private static ShareRule.Detail pageTableOwner(Case c) {
    Tasks.Row owner = most(c.block().tasks(), Tasks.Row::pageTableBytes);
    Long bytes = owner == null ? null : owner.pageTableBytes();
    Long all = c.usage().pageTables();
    if (owner == null || bytes == null || all == null || bytes < all / 4) {
      return ShareRule.Detail.NONE;
    }
    String who = owner.comm() + " (pid " + owner.pid() + ")";
    return new ShareRule.Detail(
        ", of which " + who + " has " + HumanUnits.bytes(bytes),
        List.of(Facts.bytes("page tables of " + who, bytes, taskLine(c, owner))));
  }

  private static ShareRule.Detail biggestCache(Case c) {
    Slab slab = c.block().slab();
    if (slab == null || slab.unreclaimable().isEmpty()) {
      return ShareRule.Detail.NONE;
    }
    Slab.Cache cache = slab.unreclaimable().get(0);
    Evidence evidence =
        Facts.bytes(
            "biggest cache " + cache.cache(),
            cache.totalBytes(),
            ReportLines.containing(c.block(), Section.SLAB, cache.cache() + " "));
    return new ShareRule.Detail(
        ", the biggest is " + cache.cache() + " with " + HumanUnits.bytes(cache.totalBytes()),
        List.of(evidence));
  }

  private static ShareRule.Detail freeSwap(Case c) {
    Long total = c.usage().swapTotal();
    Long free = c.usage().swapFree();
    if (total == null || free == null || total <= 0) {
      return ShareRule.Detail.NONE;
    }
    return new ShareRule.Detail(
        ", which " + HumanUnits.bytes(free) + " of free swap could not relieve",
        List.of(Facts.bytes("free swap", free, c.block().lineOf(LineRule.FREE_SWAP))));
  }

  static Tasks.@Nullable Row most(
      @Nullable Tasks tasks, Function<Tasks.Row, @Nullable Long> figure) {
    Tasks.Row best = null;
    long most = -1;
    if (tasks != null) {
      for (Tasks.Row row : tasks.rows()) {
        Long value = figure.apply(row);
        if (value != null && value > most) {
          best = row;
          most = value;
        }
      }
    }
    return best;
  }

  static @Nullable String taskLine(Case c, Tasks.Row row) {
    return row.pid() == null
        ? null
        : ReportLines.containing(c.block(), Section.TASKS, " " + row.pid() + "]");
  }
}

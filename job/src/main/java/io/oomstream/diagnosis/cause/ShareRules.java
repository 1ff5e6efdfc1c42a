package io.oomstream.diagnosis.cause;

import io.oomstream.diagnosis.context.BlockLines;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.diagnosis.context.Usage;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Slab;
import io.oomstream.event.section.Tasks;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The uses of memory that can be a cause by themselves. */
public final class ShareRules {

  public static final ShareRule PAGE_TABLES =
      new ShareRule(
          Cause.Kind.PAGE_TABLE_BLOAT,
          "page-tables",
          "pagetables",
          Usage::pageTables,
          "diagnose.page-table-share",
          Thresholds::pageTableShare,
          ShareRules::pageTableOwner,
          "NR_PAGETABLE, mm/show_mem.c");

  public static final ShareRule SLAB =
      new ShareRule(
          Cause.Kind.KERNEL_SLAB_LEAK,
          "slab",
          "slab_unreclaimable",
          Usage::unreclaimableSlab,
          "diagnose.unreclaimable-slab-share",
          Thresholds::unreclaimableSlabShare,
          ShareRules::biggestCache,
          "NR_SLAB_UNRECLAIMABLE_B, mm/slab_common.c: dump_unreclaimable_slab");

  public static final ShareRule SHMEM =
      new ShareRule(
          Cause.Kind.SHMEM_OR_TMPFS,
          "shmem",
          "shmem",
          Usage::shmem,
          "diagnose.shmem-share",
          Thresholds::shmemShare,
          c -> ShareRule.Detail.NONE,
          "NR_SHMEM, mm/shmem.c");

  public static final ShareRule LOCKED =
      new ShareRule(
          Cause.Kind.LOCKED_OR_UNEVICTABLE,
          "locked",
          "unevictable",
          Usage::unevictable,
          "diagnose.unevictable-share",
          Thresholds::unevictableShare,
          ShareRules::freeSwap,
          "NR_UNEVICTABLE, mm/mlock.c");

  public static final ShareRule UNACCOUNTED =
      new ShareRule(
          Cause.Kind.UNACCOUNTED_KERNEL_MEMORY,
          "unaccounted",
          "free",
          Usage::unaccounted,
          "diagnose.unaccounted-share",
          Thresholds::unaccountedShare,
          c -> ShareRule.Detail.NONE,
          "what is left of managed memory; alloc_pages of drivers is in no counter");

  public static final ShareRule WRITEBACK =
      new ShareRule(
          Cause.Kind.WRITEBACK_STALLED,
          "writeback",
          "writeback",
          Usage::dirtyOrWriteback,
          "diagnose.dirty-share",
          Thresholds::dirtyShare,
          c -> ShareRule.Detail.NONE,
          "NR_FILE_DIRTY, NR_WRITEBACK, mm/vmscan.c");

  public static final ShareRule BALLOON =
      new ShareRule(
          Cause.Kind.BALLOONED,
          "balloon",
          "Balloon",
          u -> u.counted("balloon"),
          "diagnose.driver-share",
          Thresholds::driverShare,
          c -> ShareRule.Detail.NONE,
          "NR_BALLOON_PAGES (6.16), mm/show_mem.c");

  public static final ShareRule GRAPHICS =
      new ShareRule(
          Cause.Kind.DRIVER_MEMORY,
          "graphics",
          "gpu_active",
          u -> Usage.plus(u.counted("gpuActive"), u.counted("gpuReclaim")),
          "diagnose.driver-share",
          Thresholds::driverShare,
          c -> ShareRule.Detail.NONE,
          "NR_GPU_ACTIVE, NR_GPU_RECLAIM (7.x), mm/show_mem.c");

  public static final ShareRule COMPRESSED =
      new ShareRule(
          Cause.Kind.COMPRESSED_SWAP,
          "compressed",
          "zspages",
          u -> u.counted("zsmalloc"),
          "diagnose.driver-share",
          Thresholds::driverShare,
          c -> ShareRule.Detail.NONE,
          "NR_ZSPAGES, mm/zsmalloc.c");

  private ShareRules() {}

  private static ShareRule.Detail pageTableOwner(DiagnosisContext c) {
    Tasks.Row owner = most(c.block().tasks(), Tasks.Row::pageTableBytes);
    Long bytes = owner == null ? null : owner.pageTableBytes();
    Long all = c.usage().pageTables();
    if (owner == null || bytes == null || all == null || bytes < all / 4) {
      return ShareRule.Detail.NONE;
    }
    String who = c.who(owner);
    String mapped =
        owner.totalVmBytes() == null || owner.rssBytes() == null
            ? ""
            : c.say(
                "cause.page-tables.mapped",
                "virtual",
                HumanUnits.bytes(owner.totalVmBytes()),
                "rss",
                HumanUnits.bytes(owner.rssBytes()));
    return new ShareRule.Detail(
        List.of(
            c.say(
                "cause.page-tables.owner",
                "who",
                who,
                "bytes",
                HumanUnits.bytes(bytes),
                "mapped",
                mapped)),
        List.of(Facts.bytes(c.say("fact.page-tables.of", "who", who), bytes, taskLine(c, owner))),
        who);
  }

  private static ShareRule.Detail biggestCache(DiagnosisContext c) {
    Slab slab = c.block().slab();
    if (slab == null || slab.unreclaimable().isEmpty()) {
      return new ShareRule.Detail(List.of(), List.of(), c.say("who.biggest-cache"));
    }
    Slab.Cache cache = slab.unreclaimable().get(0);
    Evidence evidence =
        Facts.bytes(
            c.say("fact.slab.cache", "cache", cache.cache()),
            cache.totalBytes(),
            BlockLines.containing(c.block(), Section.SLAB, cache.cache() + " "));
    return new ShareRule.Detail(
        List.of(
            c.say(
                "cause.slab.cache",
                "cache",
                cache.cache(),
                "bytes",
                HumanUnits.bytes(cache.totalBytes()))),
        List.of(evidence),
        cache.cache());
  }

  private static ShareRule.Detail freeSwap(DiagnosisContext c) {
    Long total = c.usage().swapTotal();
    Long free = c.usage().swapFree();
    if (total == null || free == null || total <= 0) {
      return ShareRule.Detail.NONE;
    }
    return new ShareRule.Detail(
        List.of(),
        List.of(Facts.bytes(c.say("fact.free-swap"), free, c.block().lineOf(LineRule.FREE_SWAP))),
        null);
  }

  public static Tasks.@Nullable Row most(
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

  static @Nullable String taskLine(DiagnosisContext c, Tasks.Row row) {
    return row.pid() == null
        ? null
        : BlockLines.containing(c.block(), Section.TASKS, " " + row.pid() + "]");
  }
}

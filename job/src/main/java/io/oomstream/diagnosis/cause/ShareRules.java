package io.oomstream.diagnosis.cause;

import io.oomstream.block.AllocationSite;
import io.oomstream.diagnosis.context.BlockLines;
import io.oomstream.diagnosis.context.CallerName;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.Usage;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Slab;
import io.oomstream.event.section.Tasks;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
          t -> t.uses().pageTableShare(),
          ShareRules::pageTableOwner,
          "NR_PAGETABLE, mm/show_mem.c");

  public static final ShareRule SLAB =
      new ShareRule(
          Cause.Kind.KERNEL_SLAB_LEAK,
          "slab",
          "slab_unreclaimable",
          Usage::unreclaimableSlab,
          "diagnose.unreclaimable-slab-share",
          t -> t.uses().unreclaimableSlabShare(),
          ShareRules::biggestCache,
          "NR_SLAB_UNRECLAIMABLE_B, mm/slab_common.c: dump_unreclaimable_slab");

  /**
   * One figure for all slab, up to 2.6.31. What could be reclaimed of it was, before a kill, so
   * that half as much again stands for the same.
   */
  public static final ShareRule ALL_SLAB =
      new ShareRule(
          Cause.Kind.KERNEL_SLAB_LEAK,
          "slab-all",
          "slab",
          usage -> usage.counted("slab"),
          "1.5 × diagnose.unreclaimable-slab-share",
          thresholds -> 1.5 * thresholds.uses().unreclaimableSlabShare(),
          c -> ShareRule.Detail.NONE,
          "mm/page_alloc.c: show_free_areas, up to 2.6.31");

  public static final ShareRule SHMEM =
      new ShareRule(
          Cause.Kind.SHMEM_OR_TMPFS,
          "shmem",
          "shmem",
          Usage::shmem,
          "diagnose.shmem-share",
          t -> t.uses().shmemShare(),
          c -> ShareRule.Detail.NONE,
          "NR_SHMEM, mm/shmem.c");

  public static final ShareRule LOCKED =
      new ShareRule(
          Cause.Kind.LOCKED_OR_UNEVICTABLE,
          "locked",
          "unevictable",
          Usage::unevictable,
          "diagnose.unevictable-share",
          t -> t.uses().unevictableShare(),
          ShareRules::freeSwap,
          "NR_UNEVICTABLE, mm/mlock.c");

  public static final ShareRule UNACCOUNTED =
      new ShareRule(
          Cause.Kind.UNACCOUNTED_KERNEL_MEMORY,
          "unaccounted",
          "free",
          Usage::unaccounted,
          "diagnose.unaccounted-share",
          t -> t.uses().unaccountedShare(),
          ShareRules::allocatedBy,
          "what is left of managed memory; alloc_pages of drivers is in no counter");

  public static final ShareRule WRITEBACK =
      new ShareRule(
          Cause.Kind.WRITEBACK_STALLED,
          "writeback",
          "writeback",
          Usage::dirtyOrWriteback,
          "diagnose.dirty-share",
          t -> t.uses().dirtyShare(),
          c -> ShareRule.Detail.NONE,
          "NR_FILE_DIRTY, NR_WRITEBACK, mm/vmscan.c");

  public static final ShareRule BALLOON =
      new ShareRule(
          Cause.Kind.BALLOONED,
          "balloon",
          "Balloon",
          u -> u.counted("balloon"),
          "diagnose.driver-share",
          t -> t.uses().driverShare(),
          c -> ShareRule.Detail.NONE,
          "NR_BALLOON_PAGES (6.16), mm/show_mem.c");

  public static final ShareRule GRAPHICS =
      new ShareRule(
          Cause.Kind.DRIVER_MEMORY,
          "graphics",
          "gpu_active",
          u -> Usage.plus(u.counted("gpuActive"), u.counted("gpuReclaim")),
          "diagnose.driver-share",
          t -> t.uses().driverShare(),
          c -> ShareRule.Detail.NONE,
          "NR_GPU_ACTIVE, NR_GPU_RECLAIM (7.x), mm/show_mem.c");

  public static final ShareRule COMPRESSED =
      new ShareRule(
          Cause.Kind.COMPRESSED_SWAP,
          "compressed",
          "zspages",
          u -> u.counted("zsmalloc"),
          "diagnose.driver-share",
          t -> t.uses().driverShare(),
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
    Slab.Cache first = slab.unreclaimable().get(0);
    Slab.Cache cache =
        slab.unreclaimable().stream()
            .filter(other -> !CHECKERS.contains(other.cache()))
            .findFirst()
            .orElse(first);
    Evidence evidence =
        Facts.bytes(
            c.say("fact.slab.cache", "cache", cache.cache()),
            cache.totalBytes(),
            BlockLines.containing(c.block(), Section.SLAB, cache.cache() + " "));
    return new ShareRule.Detail(
        List.of(
            c.say(
                cache == first ? "cause.slab.cache" : "cause.slab.cache.behind",
                "cache",
                cache.cache(),
                "bytes",
                HumanUnits.bytes(cache.totalBytes()),
                "checker",
                first.cache(),
                "more",
                HumanUnits.bytes(first.totalBytes()))),
        List.of(evidence),
        cache.cache() + " (" + HumanUnits.bytes(cache.totalBytes()) + ")");
  }

  /**
   * Caches of the kernel's own checkers, which hold one object for each object of the others: they
   * grow with them ({@code mm/kmemleak.c}, {@code lib/debugobjects.c}).
   */
  private static final Set<String> CHECKERS =
      Set.of("kmemleak_object", "kmemleak_scan_area", "debug_objects_cache");

  /** Pages that have a counter of their own: of these the profile only repeats it. */
  private static final Set<String> COUNTED =
      Set.of(
          "alloc_slab_page",
          "folio_prealloc",
          "do_anonymous_page",
          "alloc_anon_folio",
          "vma_alloc_zeroed_movable_folio",
          "vma_alloc_anon_folio_pmd",
          "do_huge_pmd_anonymous_page",
          "alloc_swap_folio",
          "__read_swap_cache_async",
          "filemap_alloc_folio",
          "__filemap_get_folio",
          "page_cache_ra_unbounded",
          "ractl_alloc_folio",
          "shmem_alloc_folio",
          "pagetable_alloc",
          "pte_alloc_one",
          "__pte_alloc_one",
          "pmd_alloc_one",
          "alloc_thread_stack_node");

  /** Of what no counter holds: smaller sites explain nothing. */
  private static final int LEAST_PART = 20;

  /** Whose code took what no counter holds, where the kernel keeps a profile. */
  private static ShareRule.Detail allocatedBy(DiagnosisContext c) {
    Long unaccounted = c.usage().unaccounted();
    List<AllocationSite> sites =
        AllocationSite.of(c.block()).stream()
            .filter(site -> !COUNTED.contains(CallerName.base(site.function())))
            .filter(site -> unaccounted == null || site.bytes() >= unaccounted / LEAST_PART)
            .limit(MOST_SITES)
            .toList();
    if (sites.isEmpty()) {
      return ShareRule.Detail.NONE;
    }
    List<Evidence> evidence = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (AllocationSite site : sites) {
      String who = site.function() + (site.module() == null ? "" : " [" + site.module() + "]");
      evidence.add(
          Facts.bytes(
              c.say("fact.allocated-by", "who", who, "place", site.place()),
              site.bytes(),
              site.line()));
      words.add(c.say("who.with-bytes", "who", who, "bytes", HumanUnits.bytes(site.bytes())));
    }
    return new ShareRule.Detail(
        List.of(
            c.say("cause.unaccounted.sites", "sites", String.join(c.say("list.separator"), words))),
        evidence,
        words.get(0));
  }

  private static final int MOST_SITES = 3;

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

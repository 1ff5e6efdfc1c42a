package io.oomstream.diagnosis.cause;

import io.oomstream.block.memory.PageTotalLines;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.Usage;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Memcg;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Swap;
import io.oomstream.kernel.LineRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What swap did: it was full, there was none, it had no room for what filled memory, or it was full
 * of pages that are in memory as well.
 *
 * @param reason a sentence
 */
public record SwapVerdict(
    Swap.State state,
    String reason,
    @Nullable Long total,
    @Nullable Long free,
    @Nullable Long cached,
    List<Evidence> evidence) {

  public static SwapVerdict of(DiagnosisContext c) {
    return c.isMemcg() ? ofGroup(c, c.block().memcg()) : ofMachine(c);
  }

  public Swap toEvent() {
    return new Swap(state, reason, total, free, cached);
  }

  private static SwapVerdict ofMachine(DiagnosisContext c) {
    Usage usage = c.usage();
    Long total = usage.swapTotal();
    Long free = usage.swapFree();
    Long cached = c.block().memory() == null ? null : c.block().memory().swapCacheBytes();
    if (free == null && isBelowZero(c.block().lineOf(LineRule.FREE_SWAP))) {
      return new SwapVerdict(
          Swap.State.UNKNOWN, c.say("swap.swapoff"), total, null, cached, List.of());
    }
    if (total == null || free == null) {
      return new SwapVerdict(
          Swap.State.UNKNOWN, c.say("swap.unknown"), total, free, cached, List.of());
    }
    String line = c.block().lineOf(LineRule.FREE_SWAP);
    if (total <= 0) {
      return new SwapVerdict(
          Swap.State.ABSENT,
          c.say("swap.absent"),
          total,
          free,
          cached,
          List.of(Facts.bytes(c.say("fact.swap-total"), 0, c.block().lineOf(LineRule.TOTAL_SWAP))));
    }
    String freeText = HumanUnits.bytes(free);
    String totalText = HumanUnits.bytes(total);
    Evidence figure =
        Facts.bytes(
            c.say("fact.free-swap"),
            free,
            (long) (total * c.thresholds().shortage().freeShare()),
            line);
    if ((double) free / total > c.thresholds().shortage().freeShare()) {
      boolean much = (double) free / total >= c.thresholds().swap().freeShare();
      return new SwapVerdict(
          much ? Swap.State.MISLEADING : Swap.State.PARTLY_USED,
          c.say(
              much ? "swap.misleading." + whyNoHelp(c) : "swap.partly",
              "free",
              freeText,
              "total",
              totalText),
          total,
          free,
          cached,
          List.of(figure));
    }
    if (cached == null || cached < (total - free) * c.thresholds().swap().cachedShare()) {
      return new SwapVerdict(
          Swap.State.EXHAUSTED,
          c.say("swap.exhausted", "free", freeText, "total", totalText),
          total,
          free,
          cached,
          List.of(figure));
    }
    return new SwapVerdict(
        Swap.State.CACHED,
        c.say(
            "swap.cached",
            "free",
            freeText,
            "total",
            totalText,
            "cached",
            HumanUnits.bytes(cached)),
        total,
        free,
        cached,
        List.of(
            figure,
            Facts.bytes(c.say("fact.swap-cached"), cached, c.block().lineOf(LineRule.SWAP_CACHE))));
  }

  /**
   * While swapoff empties a device its pages count no longer, and those still in use are taken off
   * ({@code mm/swapfile.c: swapoff}).
   */
  private static boolean isBelowZero(@Nullable String line) {
    return line != null && PageTotalLines.isBelowZero(line);
  }

  /** The largest use of memory, and whether that could go to swap. */
  private static String whyNoHelp(DiagnosisContext c) {
    if (Undetermined.isSysrq(c)) {
      return "sysrq";
    }
    Usage u = c.usage();
    if (u.anon() == null) {
      return "unknown";
    }
    Map<String, Long> uses = new LinkedHashMap<>();
    uses.put("anon", or0(u.anon()));
    uses.put("shmem", or0(u.shmem()));
    uses.put("locked", or0(u.unevictable()));
    uses.put("huge-pages", or0(u.counted("hugePages")));
    uses.put("kernel", kernel(u));
    uses.put("uncounted", uncounted(c));
    uses.put("room", or0(u.free()));
    uses.put("file", or0(u.counted("file")));
    String largest = "anon";
    long most = 0;
    for (Map.Entry<String, Long> use : uses.entrySet()) {
      if (use.getValue() > most) {
        largest = use.getKey();
        most = use.getValue();
      }
    }
    return largest;
  }

  private static long kernel(Usage u) {
    return or0(u.unreclaimableSlab())
        + or0(u.counted("slab"))
        + or0(u.pageTables())
        + or0(u.kernelStack())
        + or0(u.unaccounted());
  }

  /**
   * In none of the counters that the block shows, where lines of it are missing. What these lines
   * would have counted is the kernel's or in huge pages: the page lists are in the totals.
   */
  private static long uncounted(DiagnosisContext c) {
    Memory memory = c.block().memory();
    Memory.Accounting accounting = memory == null ? null : memory.accounting();
    Long managed = c.usage().managed();
    Long accounted = accounting == null ? null : accounting.accountedBytes();
    return c.usage().unaccounted() != null || managed == null || accounted == null
        ? 0
        : managed - accounted;
  }

  private static SwapVerdict ofGroup(DiagnosisContext c, @Nullable Memcg memcg) {
    Memcg.Usage swap = memcg == null ? null : memcg.swap();
    Memcg.Usage both = memcg == null ? null : memcg.memoryAndSwap();
    Long memory = memcg == null ? null : memcg.limitBytes();
    if (swap != null && swap.limitBytes() != null) {
      String line = c.block().lineOf(LineRule.MEMCG_SWAP);
      return limited(c, or0(swap.usageBytes()), swap.limitBytes(), line, "swap.group.max");
    }
    if (both != null && both.limitBytes() != null && memory != null && memcg != null) {
      String line = c.block().lineOf(LineRule.MEMCG_MEMSW);
      return both.limitBytes() <= memory
          ? limited(c, 0, 0, line, "swap.group.memsw")
          : limited(c, or0(both.usageBytes()), both.limitBytes(), line, "swap.group.both");
    }
    return new SwapVerdict(
        Swap.State.UNKNOWN, c.say("swap.group.unknown"), null, null, null, List.of());
  }

  private static SwapVerdict limited(
      DiagnosisContext c, long used, long limit, @Nullable String line, String key) {
    if (limit == 0) {
      return new SwapVerdict(
          Swap.State.ABSENT,
          c.say(key + ".absent"),
          0L,
          0L,
          null,
          List.of(Facts.bytes(c.say("fact.group-swap"), used, 0, line)));
    }
    long free = Math.max(0, limit - used);
    boolean full = (double) free / limit <= c.thresholds().shortage().freeShare();
    return new SwapVerdict(
        full ? Swap.State.EXHAUSTED : Swap.State.PARTLY_USED,
        c.say(
            (key.endsWith("both") ? key : "swap.group") + (full ? ".exhausted" : ".partly"),
            "used",
            HumanUnits.bytes(used),
            "limit",
            HumanUnits.bytes(limit)),
        limit,
        free,
        null,
        List.of(Facts.bytes(c.say("fact.group-swap"), used, limit, line)));
  }

  private static long or0(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}

package io.oomstream.diagnosis.cause;

import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.Usage;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Memcg;
import io.oomstream.event.section.Swap;
import io.oomstream.kernel.LineRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What swap did, told straight: a full one, none, one that held no room for what filled memory, or
 * one that is full of pages that are in memory as well.
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
            c.say("fact.free-swap"), free, (long) (total * c.thresholds().freeShare()), line);
    if ((double) free / total > c.thresholds().freeShare()) {
      boolean much = (double) free / total >= c.thresholds().swapFreeShare();
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
    if (cached == null || cached < (total - free) * c.thresholds().swapCachedShare()) {
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

  /** What fills memory and can't be swapped out, or can't be told to be so. */
  private static String whyNoHelp(DiagnosisContext c) {
    Usage u = c.usage();
    long anon = or0(u.anon()) + or0(u.shmem());
    if (Undetermined.isSysrq(c)) {
      return "sysrq";
    }
    if (u.anon() == null) {
      return "unknown";
    }
    if (or0(u.unevictable()) > anon) {
      return "locked";
    }
    if (or0(u.unusedHugePages()) > anon) {
      return "huge-pages";
    }
    long kernel =
        or0(u.unreclaimableSlab())
            + or0(u.pageTables())
            + or0(u.kernelStack())
            + or0(u.unaccounted());
    if (kernel > anon) {
      return "kernel";
    }
    return or0(u.shmem()) > or0(u.anon()) ? "shmem" : "anon";
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
    boolean full = (double) free / limit <= c.thresholds().freeShare();
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

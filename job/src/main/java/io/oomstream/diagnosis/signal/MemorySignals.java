package io.oomstream.diagnosis.signal;

import io.oomstream.diagnosis.cause.SwapVerdict;
import io.oomstream.diagnosis.cause.Undetermined;
import io.oomstream.diagnosis.context.Available;
import io.oomstream.diagnosis.context.BlockLines;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.Fragmentation;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.diagnosis.context.Usage;
import io.oomstream.diagnosis.context.ZoneView;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.Severity;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Swap;
import io.oomstream.event.section.Unit;
import io.oomstream.kernel.LineRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signals of a block's Mem-Info dump, whoever printed it. */
public final class MemorySignals {

  private MemorySignals() {}

  public static void write(DiagnosisContext c, SignalWriter out) {
    Usage usage = c.usage();
    Thresholds t = c.thresholds();
    share(
        c,
        out,
        SignalKind.PAGE_TABLE_BLOAT,
        "page-tables",
        "pagetables",
        usage.pageTables(),
        t.uses().pageTableShare());
    share(
        c,
        out,
        SignalKind.UNRECLAIMABLE_SLAB_HIGH,
        "slab",
        "slab_unreclaimable",
        usage.unreclaimableSlab(),
        t.uses().unreclaimableSlabShare());
    share(c, out, SignalKind.SHMEM_HIGH, "shmem", "shmem", usage.shmem(), t.uses().shmemShare());
    share(
        c,
        out,
        SignalKind.UNACCOUNTED_MEMORY_HIGH,
        "unaccounted",
        "free",
        usage.unaccounted(),
        t.uses().unaccountedShare());
    free(c, out);
    swap(c, out);
    zone(c, out);
    fragmentation(c, out);
  }

  private static void share(
      DiagnosisContext c,
      SignalWriter out,
      SignalKind kind,
      String what,
      String counter,
      @Nullable Long bytes,
      double threshold) {
    Double share = c.usage().share(bytes);
    if (bytes == null || share == null || share < threshold) {
      return;
    }
    out.add(
        kind,
        Severity.WARNING,
        null,
        new SignalWriter.Measure(share, threshold, Unit.SHARE_OF_MANAGED),
        List.of(
            Facts.bytes(c.say("fact." + what), bytes, BlockLines.ofCounter(c.block(), counter))),
        c.say(
            "cause." + what, "bytes", HumanUnits.bytes(bytes), "share", HumanUnits.percent(share)));
  }

  /**
   * Where the kernel killed, it had tried to get more: free memory is what there was, against all
   * RAM, as people read MemFree. Else what could be had counts, as in a snapshot's MemAvailable: a
   * machine at work keeps little free and much in its page cache.
   */
  private static void free(DiagnosisContext c, SignalWriter out) {
    Memory memory = c.block().memory();
    Long free = c.usage().free();
    if (!c.isGlobal() || memory == null || free == null) {
      return;
    }
    double threshold = c.thresholds().shortage().freeShare();
    String line = BlockLines.ofCounter(c.block(), "free");
    boolean killed = c.block().kind() == MemoryBlock.Kind.OOM;
    Long left = killed ? free : Available.of(memory);
    Long whole = killed ? c.usage().ram() : c.usage().managed();
    if (left == null || whole == null || whole <= 0 || left > whole * threshold) {
      return;
    }
    double share = (double) left / whole;
    List<Evidence> evidence = new ArrayList<>();
    if (!killed) {
      evidence.add(Facts.bytes(c.say("fact.available"), left, line));
    }
    evidence.add(Facts.bytes(c.say("fact.free"), free, line));
    out.add(
        SignalKind.MEMORY_EXHAUSTED,
        Severity.CRITICAL,
        null,
        new SignalWriter.Measure(
            share, threshold, killed ? Unit.SHARE_OF_RAM : Unit.SHARE_OF_MANAGED),
        evidence,
        c.say(
            killed ? "signal.free" : "signal.available",
            "bytes",
            HumanUnits.bytes(left),
            "share",
            HumanUnits.percent(share),
            "free",
            HumanUnits.bytes(free)));
  }

  private static void swap(DiagnosisContext c, SignalWriter out) {
    Long total = c.usage().swapTotal();
    Long free = c.usage().swapFree();
    if (total == null || free == null || total <= 0) {
      return;
    }
    double share = (double) free / total;
    String line = c.block().lineOf(LineRule.FREE_SWAP);
    SwapVerdict swap = SwapVerdict.of(c);
    if (share <= c.thresholds().shortage().freeShare()) {
      out.add(
          SignalKind.SWAP_EXHAUSTED,
          Severity.WARNING,
          null,
          new SignalWriter.Measure(
              share, c.thresholds().shortage().freeShare(), Unit.SHARE_OF_SWAP),
          List.of(Facts.bytes(c.say("fact.free-swap"), free, line)),
          swap.state() == Swap.State.CACHED
              ? swap.reason()
              : c.say(
                  "swap.exhausted",
                  "free",
                  HumanUnits.bytes(free),
                  "total",
                  HumanUnits.bytes(total)));
    }
    boolean killed = !c.block().kills().isEmpty() || c.block().noKillable();
    if (c.isGlobal()
        && killed
        && !Undetermined.isSysrq(c)
        && share >= c.thresholds().swap().freeShare()) {
      out.add(
          SignalKind.SWAP_FREE_MISLEADING,
          Severity.INFO,
          null,
          new SignalWriter.Measure(share, c.thresholds().swap().freeShare(), Unit.SHARE_OF_SWAP),
          List.of(Facts.bytes(c.say("fact.free-swap"), free, line)),
          swap.reason());
    }
  }

  private static void zone(DiagnosisContext c, SignalWriter out) {
    Memory.Zone other = c.zones().freestOther();
    if (other == null
        || other.freeBytes() == null
        || !c.zones().allowedBelowMin()
        || Undetermined.isSysrq(c)) {
      return;
    }
    Memory.Zone zone = c.zones().allowed().get(c.zones().allowed().size() - 1);
    Long effective = zone.effectiveFreeBytes();
    Long min = zone.minBytes();
    if (effective == null || min == null) {
      return;
    }
    out.add(
        SignalKind.ZONE_EXHAUSTED,
        Severity.WARNING,
        ZoneView.name(zone),
        new SignalWriter.Measure(effective, min, Unit.BYTES),
        List.of(
            Facts.bytes(
                c.say("fact.zone.usable", "zone", ZoneView.name(zone)),
                effective,
                min,
                BlockLines.ofZone(c.block(), zone)),
            Facts.bytes(
                c.say("fact.zone.free", "zone", ZoneView.name(other)),
                other.freeBytes(),
                BlockLines.ofZone(c.block(), other))),
        c.say(
            "cause.zone",
            "zones",
            ZoneView.name(zone),
            "other",
            ZoneView.name(other),
            "bytes",
            HumanUnits.bytes(other.freeBytes())));
  }

  private static void fragmentation(DiagnosisContext c, SignalWriter out) {
    Fragmentation found = Fragmentation.of(c.zones(), c.block().trigger());
    if (found == null) {
      return;
    }
    out.add(
        SignalKind.FRAGMENTATION,
        Severity.WARNING,
        ZoneView.name(found.zone()),
        new SignalWriter.Measure(found.largestOrder(), found.order(), Unit.ORDER),
        found.evidence(c),
        found.sentence(c));
  }
}

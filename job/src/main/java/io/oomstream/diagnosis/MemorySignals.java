package io.oomstream.diagnosis;

import io.oomstream.event.AnomalySignal.Severity;
import io.oomstream.event.Memory;
import io.oomstream.event.SignalKind;
import io.oomstream.event.Trigger;
import io.oomstream.event.TriggerPath;
import io.oomstream.kernel.LineRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signals of a report's Mem-Info dump, whoever printed it. */
final class MemorySignals {

  private static final String SHARE = "share of managed memory";

  private MemorySignals() {}

  static void write(Case c, SignalWriter out) {
    Usage usage = c.usage();
    Thresholds t = c.thresholds();
    share(
        c,
        out,
        SignalKind.PAGE_TABLE_BLOAT,
        "page tables",
        "pagetables",
        usage.pageTables(),
        t.pageTableShare());
    share(
        c,
        out,
        SignalKind.UNRECLAIMABLE_SLAB_HIGH,
        "unreclaimable slab",
        "slab_unreclaimable",
        usage.unreclaimableSlab(),
        t.unreclaimableSlabShare());
    share(
        c,
        out,
        SignalKind.SHMEM_HIGH,
        "shared memory and tmpfs",
        "shmem",
        usage.shmem(),
        t.shmemShare());
    share(
        c,
        out,
        SignalKind.UNACCOUNTED_MEMORY_HIGH,
        "memory that no counter names",
        "free",
        usage.unaccounted(),
        t.unaccountedShare());
    free(c, out);
    swap(c, out);
    zone(c, out);
    fragmentation(c, out);
  }

  private static void share(
      Case c,
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
        new SignalWriter.Measure(share, threshold, SHARE),
        List.of(Facts.bytes(what, bytes, ReportLines.ofCounter(c.block(), counter))),
        capitalized(what)
            + ": "
            + HumanUnits.bytes(bytes)
            + ", "
            + HumanUnits.percent(share)
            + " of memory.");
  }

  /** Against all RAM, as people read MemFree. */
  private static void free(Case c, SignalWriter out) {
    Long free = c.usage().free();
    Long ram = c.usage().ram();
    double threshold = c.thresholds().freeShare();
    if (!c.isGlobal() || free == null || ram == null || ram <= 0 || free > ram * threshold) {
      return;
    }
    double share = (double) free / ram;
    out.add(
        SignalKind.MEMORY_EXHAUSTED,
        Severity.CRITICAL,
        null,
        new SignalWriter.Measure(share, threshold, "share of RAM"),
        List.of(Facts.bytes("free memory", free, ReportLines.ofCounter(c.block(), "free"))),
        "Only "
            + HumanUnits.bytes(free)
            + " of memory is free ("
            + HumanUnits.percent(share)
            + ").");
  }

  private static void swap(Case c, SignalWriter out) {
    Long total = c.usage().swapTotal();
    Long free = c.usage().swapFree();
    if (total == null || free == null || total <= 0) {
      return;
    }
    double share = (double) free / total;
    String line = c.block().lineOf(LineRule.FREE_SWAP);
    String figures = HumanUnits.bytes(free) + " of " + HumanUnits.bytes(total) + " swap";
    if (share <= c.thresholds().freeShare()) {
      out.add(
          SignalKind.SWAP_EXHAUSTED,
          Severity.WARNING,
          null,
          new SignalWriter.Measure(share, c.thresholds().freeShare(), "share of swap"),
          List.of(Facts.bytes("free swap", free, line)),
          "Only " + figures + " is free.");
    }
    boolean killed = !c.block().kills().isEmpty() || c.block().noKillable();
    if (c.isGlobal() && killed && !isSysrq(c) && share >= c.thresholds().swapFreeShare()) {
      out.add(
          SignalKind.SWAP_FREE_MISLEADING,
          Severity.INFO,
          null,
          new SignalWriter.Measure(share, c.thresholds().swapFreeShare(), "share of swap"),
          List.of(Facts.bytes("free swap", free, line)),
          "The kernel ran out of memory with "
              + figures
              + " free: what fills memory can't be swapped out.");
    }
  }

  private static void zone(Case c, SignalWriter out) {
    Memory.Zone other = c.zones().freestOther();
    if (other == null || other.freeBytes() == null || !c.zones().allowedBelowMin() || isSysrq(c)) {
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
        new SignalWriter.Measure(effective, min, Facts.BYTES),
        List.of(
            Facts.bytes(
                "usable free in zone " + ZoneView.name(zone),
                effective,
                min,
                ReportLines.ofZone(c.block(), zone)),
            Facts.bytes(
                "free in zone " + ZoneView.name(other),
                other.freeBytes(),
                ReportLines.ofZone(c.block(), other))),
        "Zone "
            + ZoneView.name(zone)
            + " is under its min watermark for this request, while zone "
            + ZoneView.name(other)
            + " has "
            + HumanUnits.bytes(other.freeBytes())
            + " free.");
  }

  private static void fragmentation(Case c, SignalWriter out) {
    Fragmentation found = Fragmentation.of(c.zones(), c.block().trigger());
    if (found == null) {
      return;
    }
    out.add(
        SignalKind.FRAGMENTATION,
        Severity.WARNING,
        ZoneView.name(found.zone()),
        new SignalWriter.Measure(found.largestOrder(), found.order(), "order"),
        found.evidence(c.block()),
        found.sentence() + ".");
  }

  private static boolean isSysrq(Case c) {
    Trigger trigger = c.block().trigger();
    return trigger != null
        && (trigger.path() == TriggerPath.SYSRQ
            || (trigger.order() != null && trigger.order() == -1));
  }

  private static String capitalized(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}

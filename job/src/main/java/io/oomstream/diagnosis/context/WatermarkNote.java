package io.oomstream.diagnosis.context;

import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why free memory was none for this request: what the kernel's own check takes off, zone by zone
 * ({@code mm/page_alloc.c: __zone_watermark_ok}).
 *
 * @param why sentences; empty where nobody would wonder
 */
public record WatermarkNote(List<Evidence> evidence, List<String> why) {

  /** {@code PAGE_ALLOC_COSTLY_ORDER} of include/linux/mmzone.h. */
  private static final int COSTLY_ORDER = 3;

  /** More zones than that tell no more. */
  private static final int ZONES = 4;

  public static WatermarkNote of(DiagnosisContext c) {
    List<String> why = new ArrayList<>();
    if (looksAmple(c)) {
      Memory.Zone freest = freest(c);
      String sentence = freest == null ? null : sentence(c, freest);
      if (sentence != null) {
        why.add(sentence);
      }
    }
    Trigger trigger = c.block().trigger();
    Integer order = trigger == null ? null : trigger.order();
    if (order != null && order > 0 && order <= COSTLY_ORDER && !c.isMemcg()) {
      why.add(c.say("zone.low-order", "order", order));
    }
    return new WatermarkNote(zones(c), List.copyOf(why));
  }

  private static Memory.@Nullable Zone freest(DiagnosisContext c) {
    Memory.Zone best = null;
    for (Memory.Zone zone : c.zones().allowed()) {
      if (best == null || or0(zone.freeBytes()) > or0(best.freeBytes())) {
        best = zone;
      }
    }
    return best;
  }

  /** What each eligible zone had for this request, and what it said. */
  public static List<Evidence> zones(DiagnosisContext c) {
    List<Evidence> evidence = new ArrayList<>();
    for (Memory.Zone zone : c.zones().allowed()) {
      Long effective = zone.effectiveFreeBytes();
      Long min = zone.minBytes();
      if (effective == null || min == null || evidence.size() == ZONES) {
        continue;
      }
      Memory.ZoneCheck check = zone.check();
      Long mark = check == null ? min : check.markBytes();
      evidence.add(
          Facts.bytes(
              fact(c, zone),
              effective,
              mark == null ? min : mark,
              BlockLines.ofZone(c.block(), zone)));
    }
    return List.copyOf(evidence);
  }

  private static String fact(DiagnosisContext c, Memory.Zone zone) {
    Memory.ZoneCheck check = zone.check();
    if (check == null) {
      return c.say("fact.zone.usable", "zone", ZoneView.name(zone));
    }
    return c.say(
        "fact.zone." + check.verdict(),
        "zone",
        ZoneView.name(zone),
        "taken",
        HumanUnits.bytes(taken(check)));
  }

  /** Whether somebody who adds up the zones would find nothing wrong. */
  private static boolean looksAmple(DiagnosisContext c) {
    long free = 0;
    long high = 0;
    for (Memory.Zone zone : c.zones().allowed()) {
      if (zone.freeBytes() != null && zone.highBytes() != null) {
        free += zone.freeBytes();
        high += zone.highBytes();
      }
    }
    return free > high;
  }

  /** For a zone that looks better than it is. */
  private static @Nullable String sentence(DiagnosisContext c, Memory.Zone zone) {
    Long free = zone.freeBytes();
    Long effective = zone.effectiveFreeBytes();
    Long high = zone.highBytes();
    Long min = zone.minBytes();
    Memory.ZoneCheck check = zone.check();
    if (free == null
        || effective == null
        || high == null
        || min == null
        || check == null
        || free <= high
        || effective > high) {
      return null;
    }
    boolean below = Boolean.TRUE.equals(zone.belowMin());
    boolean all = effective <= 0;
    return c.say(
        "zone.ample." + (all ? "all" : below ? "under-min" : "under-high"),
        "zone",
        ZoneView.name(zone),
        "free",
        HumanUnits.bytes(free),
        "high",
        HumanUnits.bytes(high),
        "min",
        HumanUnits.bytes(min),
        "usable",
        HumanUnits.bytes(Math.max(0, effective)),
        "taken",
        HumanUnits.bytes(taken(check)),
        "reserve",
        c.say("reserve." + largest(check)));
  }

  private static long taken(Memory.ZoneCheck check) {
    return Math.max(
        or0(check.lowmemReserveBytes()),
        Math.max(or0(check.highAtomicBytes()), or0(check.cmaBytes())));
  }

  private static String largest(Memory.ZoneCheck check) {
    long taken = taken(check);
    Memory.ZoneVerdict reserve =
        taken == or0(check.lowmemReserveBytes())
            ? Memory.ZoneVerdict.LOWMEM_RESERVE
            : taken == or0(check.highAtomicBytes())
                ? Memory.ZoneVerdict.HIGH_ATOMIC
                : Memory.ZoneVerdict.CMA;
    return reserve.name().toLowerCase(Locale.ROOT);
  }

  private static long or0(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}

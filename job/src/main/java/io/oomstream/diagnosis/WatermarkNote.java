package io.oomstream.diagnosis;

import io.oomstream.event.Evidence;
import io.oomstream.event.Memory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why free memory that looks ample was none for this request: what the kernel's own check takes off
 * ({@code mm/page_alloc.c: __zone_watermark_ok}).
 *
 * @param words null where no zone looks better than it is
 */
record WatermarkNote(List<Evidence> evidence, @Nullable String words) {

  static WatermarkNote of(Case c) {
    List<Evidence> evidence = new ArrayList<>();
    List<String> words = new ArrayList<>();
    if (!looksAmple(c)) {
      return new WatermarkNote(List.of(), null);
    }
    for (Memory.Zone zone : c.zones().allowed()) {
      Long free = zone.freeBytes();
      Long effective = zone.effectiveFreeBytes();
      Long low = zone.lowBytes();
      if (free == null || effective == null || low == null || free <= low || effective > low) {
        continue;
      }
      String name = ZoneView.name(zone);
      String line = ReportLines.ofZone(c.block(), zone);
      evidence.add(Facts.bytes("free in zone " + name, free, low, line));
      evidence.add(Facts.bytes("of it usable for this request", effective, low, line));
      words.add(
          "of the "
              + HumanUnits.bytes(free)
              + " free in zone "
              + name
              + " this request could use "
              + HumanUnits.bytes(Math.max(0, effective))
              + reason(zone, free - effective));
    }
    return new WatermarkNote(
        List.copyOf(evidence), words.isEmpty() ? null : String.join(", ", words));
  }

  /** Whether somebody who adds up the zones would find nothing wrong. */
  private static boolean looksAmple(Case c) {
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

  private static String reason(Memory.Zone zone, long taken) {
    Long atomic = zone.reservedHighAtomicBytes();
    if (atomic != null && atomic > 0 && atomic >= taken / 2) {
      return " (the rest is kept for high-order atomic requests)";
    }
    Long cma = zone.counters().get("free_cma");
    if (cma != null && cma > 0 && cma >= taken / 2) {
      return " (the rest is CMA, for movable pages only)";
    }
    return " (the rest is the zone's lowmem reserve)";
  }
}

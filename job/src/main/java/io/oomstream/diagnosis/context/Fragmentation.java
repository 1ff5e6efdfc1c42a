package io.oomstream.diagnosis.context;

import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Trigger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Free memory over the watermark, yet in pieces too small for the request.
 *
 * @param zone the one with most memory to give
 * @param order of the request
 */
public record Fragmentation(Memory.Zone zone, int order) {

  /** Null where it is not so, or the block does not tell. */
  public static @Nullable Fragmentation of(ZoneView zones, @Nullable Trigger trigger) {
    Integer order = trigger == null ? null : trigger.order();
    if (order == null || order < 1) {
      return null;
    }
    Memory.Zone best = null;
    long most = 0;
    for (Memory.Zone zone : zones.allowed()) {
      Long effective = zone.effectiveFreeBytes();
      if (effective == null || !ZoneView.overMin(zone)) {
        continue;
      }
      if (zone.buddy().isEmpty() || ZoneView.hasBlock(zone, order)) {
        return null;
      }
      if (effective > most) {
        best = zone;
        most = effective;
      }
    }
    return best == null ? null : new Fragmentation(best, order);
  }

  /** What proves it: free memory over the watermark, and the largest piece of it. */
  public List<Evidence> evidence(DiagnosisContext c) {
    return List.of(
        Facts.bytes(
            c.say("fact.zone.usable", "zone", ZoneView.name(zone)),
            freeBytes(),
            minBytes(),
            BlockLines.ofZone(c.block(), zone)),
        Facts.count(
            c.say("fact.largest-order"),
            largestOrder(),
            order,
            BlockLines.ofFreeList(c.block(), zone)));
  }

  public long freeBytes() {
    Long effective = zone.effectiveFreeBytes();
    return effective == null ? 0 : effective;
  }

  long minBytes() {
    Long min = zone.minBytes();
    return min == null ? 0 : min;
  }

  /** The order of the largest free block; -1 if there is none. */
  public int largestOrder() {
    int largest = -1;
    for (Memory.FreeBlocks blocks : zone.buddy()) {
      if (blocks.count() > 0) {
        largest = Math.max(largest, blocks.order());
      }
    }
    return largest;
  }

  public String sentence(DiagnosisContext c) {
    return c.say(
        largestOrder() >= order ? "cause.fragmentation.reserved" : "cause.fragmentation",
        "zone",
        ZoneView.name(zone),
        "bytes",
        HumanUnits.bytes(freeBytes()),
        "order",
        order,
        "largest",
        largestOrder());
  }
}

package io.oomstream.diagnosis;

import io.oomstream.event.Gfp;
import io.oomstream.event.Memory;
import io.oomstream.event.Trigger;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The zones as the request saw them.
 *
 * @param allowed those that the request may use; all where its flags are not known
 * @param others those that it may not use
 */
record ZoneView(List<Memory.Zone> allowed, List<Memory.Zone> others) {

  private static final List<String> LOW_TO_HIGH =
      List.of("DMA", "DMA32", "NORMAL", "HIGHMEM", "MOVABLE");

  static ZoneView of(@Nullable Memory memory, @Nullable Trigger trigger) {
    if (memory == null) {
      return new ZoneView(List.of(), List.of());
    }
    Gfp gfp = trigger == null ? null : trigger.gfp();
    String zone = gfp == null ? null : gfp.zone();
    int highest = zone == null ? -1 : LOW_TO_HIGH.indexOf(zone);
    if (highest < 0) {
      return new ZoneView(memory.zones(), List.of());
    }
    return new ZoneView(
        memory.zones().stream().filter(z -> index(z) <= highest).toList(),
        memory.zones().stream().filter(z -> index(z) > highest).toList());
  }

  private static int index(Memory.Zone zone) {
    int index = LOW_TO_HIGH.indexOf(zone.name().toUpperCase(Locale.ROOT));
    return index < 0 ? LOW_TO_HIGH.size() : index;
  }

  /** What the request could have had; null where a zone does not tell. */
  @Nullable Long usableFreeBytes() {
    long sum = 0;
    for (Memory.Zone zone : allowed) {
      Long effective = zone.effectiveFreeBytes();
      Long min = zone.minBytes();
      if (effective == null || min == null) {
        return null;
      }
      sum += Math.max(0, effective - min);
    }
    return allowed.isEmpty() ? null : Long.valueOf(sum);
  }

  /** Whether every zone that the request may use is known to be at or under its min watermark. */
  boolean allowedBelowMin() {
    return !allowed.isEmpty() && allowed.stream().allMatch(z -> Boolean.TRUE.equals(z.belowMin()));
  }

  /** The zone out of the request's reach with most free memory over its high watermark. */
  Memory.@Nullable Zone freestOther() {
    Memory.Zone best = null;
    long bestFree = 0;
    for (Memory.Zone zone : others) {
      Long free = zone.freeBytes();
      Long high = zone.highBytes();
      if (free != null && high != null && free > high && free > bestFree) {
        best = zone;
        bestFree = free;
      }
    }
    return best;
  }

  /** Whether a zone has memory for a small request, which the kernel would have given. */
  static boolean overMin(Memory.Zone zone) {
    Long effective = zone.effectiveFreeBytes();
    Long min = zone.minBytes();
    return effective != null && min != null && effective > min;
  }

  /**
   * Whether a free block is large enough. High-atomic, CMA and isolated blocks are not for everyone
   * ({@code mm/page_alloc.c: __zone_watermark_ok}).
   */
  static boolean hasBlock(Memory.Zone zone, int order) {
    for (Memory.FreeBlocks blocks : zone.buddy()) {
      if (blocks.order() >= order && blocks.count() > 0 && isOpen(blocks.migrateTypes())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOpen(@Nullable String types) {
    return types == null
        || types.isEmpty()
        || types.indexOf('U') >= 0
        || types.indexOf('M') >= 0
        || types.indexOf('E') >= 0;
  }

  /** {@code Node 0 Normal}. */
  static String name(Memory.Zone zone) {
    return (zone.node() == null ? "" : "Node " + zone.node() + " ") + zone.name();
  }
}

package io.oomstream.diagnosis.context;

import io.oomstream.event.section.Gfp;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The zones as the request saw them.
 *
 * @param allowed those that the request may use; all where its flags are not known
 * @param others those above them, which it may not use
 * @param hiddenFreeBytes free memory of zones that the dump leaves out: those of nodes that a
 *     policy excludes, and since 6.2 those above the request's; also of zones whose lines are lost
 */
public record ZoneView(
    List<Memory.Zone> allowed, List<Memory.Zone> others, @Nullable Long hiddenFreeBytes) {

  private static final List<String> LOW_TO_HIGH =
      List.of("DMA", "DMA32", "NORMAL", "HIGHMEM", "MOVABLE");

  static ZoneView of(@Nullable Memory memory, @Nullable Trigger trigger) {
    if (memory == null) {
      return new ZoneView(List.of(), List.of(), null);
    }
    Gfp gfp = trigger == null ? null : trigger.gfp();
    String zone = gfp == null ? null : gfp.zone();
    int highest = zone == null ? -1 : LOW_TO_HIGH.indexOf(zone);
    List<Memory.Zone> allowed = new ArrayList<>();
    List<Memory.Zone> others = new ArrayList<>();
    for (Memory.Zone z : memory.zones()) {
      Memory.ZoneVerdict verdict = z.check() == null ? null : z.check().verdict();
      if (verdict == Memory.ZoneVerdict.NODE_NOT_ALLOWED) {
        continue;
      }
      boolean above =
          verdict == null
              ? highest >= 0 && index(z) > highest
              : verdict == Memory.ZoneVerdict.ZONE_NOT_ELIGIBLE;
      (above ? others : allowed).add(z);
    }
    return new ZoneView(List.copyOf(allowed), List.copyOf(others), hidden(memory));
  }

  private static @Nullable Long hidden(Memory memory) {
    Long all = memory.freeBytes();
    long shown = 0;
    for (Memory.Zone zone : memory.zones()) {
      Long free = zone.freeBytes();
      if (free == null) {
        return null;
      }
      shown += free;
    }
    return all == null || memory.zones().isEmpty() ? null : Long.valueOf(Math.max(0, all - shown));
  }

  private static int index(Memory.Zone zone) {
    int index = LOW_TO_HIGH.indexOf(zone.name().toUpperCase(Locale.ROOT));
    return index < 0 ? LOW_TO_HIGH.size() : index;
  }

  /** What the request could have had; null where a zone does not tell. */
  @Nullable
  public Long usableFreeBytes() {
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
  public boolean allowedBelowMin() {
    return !allowed.isEmpty() && allowed.stream().allMatch(z -> Boolean.TRUE.equals(z.belowMin()));
  }

  /** The zone out of the request's reach with most free memory over its high watermark. */
  public Memory.@Nullable Zone freestOther() {
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
    if (zone.check() != null) {
      return zone.check().verdict() != Memory.ZoneVerdict.NO_BLOCK_OF_ORDER;
    }
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
  public static String name(Memory.Zone zone) {
    return (zone.node() == null ? "" : "Node " + zone.node() + " ") + zone.name();
  }
}

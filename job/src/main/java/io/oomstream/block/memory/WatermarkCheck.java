package io.oomstream.block.memory;

import static java.util.stream.Collectors.toSet;

import io.oomstream.block.request.GfpBit;
import io.oomstream.block.text.Digits;
import io.oomstream.event.section.Gfp;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Memory.ZoneCheck;
import io.oomstream.event.section.Memory.ZoneVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's own free-memory check, replayed on the zones as they were printed: {@code
 * __zone_watermark_ok} of mm/page_alloc.c, against the min watermark.
 *
 * <p>What the dump does not show is left out: real-time tasks and victims of a kill may go lower.
 */
public final class WatermarkCheck {

  /** What a zone's free memory may not count as free. */
  private static final List<String> HELD_BACK = List.of("free_highatomic", "free_cma");

  private WatermarkCheck() {}

  /**
   * What the zones of a dump have.
   *
   * @param counters those of {@link #HELD_BACK} that a zone has
   * @param reserved whether a zone has a reserve for high-order atomic requests
   * @param present whether a zone has its size
   */
  private record Names(
      List<String> zones, Set<String> counters, boolean reserved, boolean present) {

    static Names of(List<Memory.Zone> zones) {
      return new Names(
          zones.stream().map(WatermarkCheck::nameOf).distinct().toList(),
          HELD_BACK.stream()
              .filter(name -> zones.stream().anyMatch(z -> z.counters().containsKey(name)))
              .collect(toSet()),
          zones.stream().anyMatch(z -> z.reservedHighAtomicBytes() != null),
          zones.stream().anyMatch(z -> z.presentBytes() != null));
    }

    /** Whether a zone has what others have: if not, its line was cut. */
    boolean arePrintedOf(Memory.Zone zone) {
      boolean cut = zone.presentBytes() == null && zone.counters().containsKey("active_anon");
      return !cut
          && (!present || zone.presentBytes() != null)
          && zone.counters().keySet().containsAll(counters)
          && (!reserved || zone.reservedHighAtomicBytes() != null);
    }
  }

  /**
   * The zone with {@code effectiveFreeBytes} and {@code belowMin} filled in, as far as its figures
   * allow. Whoever has the dump's other zones takes {@link #apply(List, Gfp)}: their names tell
   * which zone types the kernel has.
   *
   * @param gfp the request's flags; null if not known
   */
  public static Memory.Zone apply(Memory.Zone zone, @Nullable Gfp gfp) {
    return apply(zone, ZoneRequest.of(gfp), Names.of(List.of(zone)));
  }

  /** All zones of a dump, for a request of one page that no policy binds. */
  public static List<Memory.Zone> apply(List<Memory.Zone> zones, @Nullable Gfp gfp) {
    return apply(zones, ZoneRequest.of(gfp));
  }

  /**
   * All zones of a dump with {@code effectiveFreeBytes}, {@code belowMin} and the check filled in.
   * The first two stay absent for zones that the request may not use, which the kernel does not
   * look at.
   */
  static List<Memory.Zone> apply(List<Memory.Zone> zones, ZoneRequest request) {
    Names names = Names.of(zones);
    List<Memory.Zone> checked = new ArrayList<>(zones.size());
    for (Memory.Zone zone : zones) {
      checked.add(apply(zone, request, names));
    }
    return List.copyOf(checked);
  }

  private static Memory.Zone apply(Memory.Zone zone, ZoneRequest request, Names names) {
    Gfp gfp = request.gfp();
    Long free = zone.freeBytes();
    ZoneTypes types = ZoneTypes.of(zone.lowmemReserveBytes().size(), names.zones());
    String requested = gfp == null ? null : gfp.zone();
    if (types == null || requested == null || free == null || !names.arePrintedOf(zone)) {
      return zone;
    }
    int highest = types.indexOfRequest(requested);
    if (highest < types.indexOf(nameOf(zone))) {
      return zone.checked(null, null, refused(ZoneVerdict.ZONE_NOT_ELIGIBLE));
    }
    if (!request.mayUseNodeOf(zone)) {
      return zone.checked(null, null, refused(ZoneVerdict.NODE_NOT_ALLOWED));
    }
    long reserve = reserve(zone, highest);
    long atomic = unusableHighAtomic(zone, request);
    long cma = unusableCma(zone, request);
    long effective = free - atomic - reserve - cma;
    Long min = zone.minBytes();
    if (min == null) {
      return zone.checked(effective, null, null);
    }
    long mark = mark(min, request);
    long pages = request.bytesBeyondOnePage();
    boolean below = effective - pages <= mark;
    ZoneVerdict verdict =
        below
            ? refusal(free - pages <= mark, reserve, atomic, cma)
            : hasBlock(zone, request, mark, effective - pages)
                ? ZoneVerdict.PASSES
                : ZoneVerdict.NO_BLOCK_OF_ORDER;
    return zone.checked(effective, below, new ZoneCheck(verdict, mark, reserve, atomic, cma));
  }

  /**
   * What a request for that zone or a lower one must leave: the most of these indices. The index of
   * a zone without memory may hold less than the one below it, even 0 ({@link LowmemCheck}), and a
   * request for such a zone takes from those below. A kernel that went by the 0 would have handed
   * the zone's memory out down to its watermark, and then nothing hangs on the reserve.
   */
  private static long reserve(Memory.Zone zone, int highest) {
    long most = 0;
    for (long bytes : zone.lowmemReserveBytes().subList(0, highest + 1)) {
      most = Math.max(most, bytes);
    }
    return most;
  }

  private static ZoneCheck refused(ZoneVerdict verdict) {
    return new ZoneCheck(verdict, null, null, null, null);
  }

  /** The largest of what was taken off, where there would have been enough without it. */
  private static ZoneVerdict refusal(boolean shortAnyway, long reserve, long atomic, long cma) {
    if (shortAnyway) {
      return ZoneVerdict.BELOW_MIN;
    }
    if (reserve >= atomic && reserve >= cma) {
      return ZoneVerdict.LOWMEM_RESERVE;
    }
    return atomic >= cma ? ZoneVerdict.HIGH_ATOMIC : ZoneVerdict.CMA;
  }

  /** Whether a free block is large enough and of a kind that this request may take. */
  private static boolean hasBlock(
      Memory.Zone zone, ZoneRequest request, long mark, long usableBytes) {
    if (request.order() == 0 || zone.buddy().isEmpty()) {
      return true;
    }
    if (request.isOfOldKernel()) {
      return hasEnoughAbove(zone, request, mark, usableBytes);
    }
    for (Memory.FreeBlocks blocks : zone.buddy()) {
      if (blocks.order() >= request.order()
          && blocks.count() > 0
          && isOpen(blocks.migrateTypes(), request)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOpen(@Nullable String types, ZoneRequest request) {
    return types == null
        || types.isEmpty()
        || types.indexOf('U') >= 0
        || types.indexOf('M') >= 0
        || types.indexOf('E') >= 0
        || (types.indexOf('C') >= 0 && request.has(GfpBit.MOVABLE))
        || (types.indexOf('H') >= 0 && request.isAtomic());
  }

  /** Up to 4.3: at each order below the request's, the rest must be over half the mark before. */
  private static boolean hasEnoughAbove(
      Memory.Zone zone, ZoneRequest request, long mark, long usableBytes) {
    Long pageSize = request.pageSize();
    if (pageSize == null) {
      return true;
    }
    long left = usableBytes;
    long min = mark;
    for (Memory.FreeBlocks blocks : zone.buddy()) {
      if (blocks.order() < request.order()) {
        Long bytes = Digits.times(blocks.count() << blocks.order(), pageSize);
        left -= bytes == null ? 0 : bytes;
        min /= 2;
        if (left <= min) {
          return false;
        }
      }
    }
    return true;
  }

  /** The reserve for high-order atomic requests is open to those that may dip into reserves. */
  private static long unusableHighAtomic(Memory.Zone zone, ZoneRequest request) {
    if (request.has(GfpBit.HIGH)) {
      return 0;
    }
    Long free = zone.counters().get("free_highatomic");
    Long reserved = zone.reservedHighAtomicBytes();
    if (free != null) {
      return free;
    }
    return reserved == null ? 0 : reserved;
  }

  private static long unusableCma(Memory.Zone zone, ZoneRequest request) {
    Long cma = zone.counters().get("free_cma");
    return cma == null || request.has(GfpBit.MOVABLE) ? 0 : cma;
  }

  /** The min watermark, which is lower for urgent requests. */
  private static long mark(long min, ZoneRequest request) {
    if (!request.has(GfpBit.HIGH)) {
      return min;
    }
    long half = min - min / 2;
    return request.isAtomic() ? half - half / 4 : half;
  }

  private static String nameOf(Memory.Zone zone) {
    return zone.name().toUpperCase(Locale.ROOT);
  }
}

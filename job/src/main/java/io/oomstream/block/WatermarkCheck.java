package io.oomstream.block;

import static java.util.stream.Collectors.toSet;

import io.oomstream.event.Gfp;
import io.oomstream.event.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's own free-memory check, replayed on the zones as they were printed: {@code
 * __zone_watermark_ok} of mm/page_alloc.c, against the min watermark, for order 0.
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
    return apply(zone, gfp, Names.of(List.of(zone)));
  }

  /**
   * All zones of a dump with {@code effectiveFreeBytes} and {@code belowMin} filled in. Both stay
   * absent for zones above those that the request may use, which the kernel does not look at.
   *
   * @param gfp the request's flags; null if not known
   */
  public static List<Memory.Zone> apply(List<Memory.Zone> zones, @Nullable Gfp gfp) {
    Names names = Names.of(zones);
    List<Memory.Zone> checked = new ArrayList<>(zones.size());
    for (Memory.Zone zone : zones) {
      checked.add(apply(zone, gfp, names));
    }
    return List.copyOf(checked);
  }

  private static Memory.Zone apply(Memory.Zone zone, @Nullable Gfp gfp, Names names) {
    Long free = zone.freeBytes();
    Long reserve = gfp == null ? null : lowmemReserve(zone, gfp, names.zones());
    if (gfp == null || free == null || reserve == null || !names.arePrintedOf(zone)) {
      return zone;
    }
    long effective = free - unusableHighAtomic(zone, gfp) - reserve - unusableCma(zone, gfp);
    Long min = zone.minBytes();
    Boolean belowMin = min == null ? null : effective <= mark(min, gfp);
    return new Memory.Zone(
        zone.node(),
        zone.name(),
        free,
        zone.boostBytes(),
        min,
        zone.lowBytes(),
        zone.highBytes(),
        zone.presentBytes(),
        zone.managedBytes(),
        zone.reservedHighAtomicBytes(),
        zone.lowmemReserveBytes(),
        effective,
        belowMin,
        zone.counters(),
        zone.buddy());
  }

  private static @Nullable Long lowmemReserve(Memory.Zone zone, Gfp gfp, List<String> names) {
    List<Long> reserves = zone.lowmemReserveBytes();
    ZoneTypes types = ZoneTypes.of(reserves.size(), names);
    String requested = gfp.zone();
    if (types == null || requested == null) {
      return null;
    }
    int request = types.indexOfRequest(requested);
    return request < types.indexOf(nameOf(zone)) ? null : reserves.get(request);
  }

  /** The reserve for high-order atomic requests is open to those that may dip into reserves. */
  private static long unusableHighAtomic(Memory.Zone zone, Gfp gfp) {
    if (has(gfp, GfpBit.HIGH)) {
      return 0;
    }
    Long free = zone.counters().get("free_highatomic");
    Long reserved = zone.reservedHighAtomicBytes();
    if (free != null) {
      return free;
    }
    return reserved == null ? 0 : reserved;
  }

  private static long unusableCma(Memory.Zone zone, Gfp gfp) {
    Long cma = zone.counters().get("free_cma");
    return cma == null || has(gfp, GfpBit.MOVABLE) ? 0 : cma;
  }

  /** The min watermark, which is lower for urgent requests. */
  private static long mark(long min, Gfp gfp) {
    if (!has(gfp, GfpBit.HIGH)) {
      return min;
    }
    long half = min - min / 2;
    return Boolean.FALSE.equals(gfp.mayBlock()) ? half - half / 4 : half;
  }

  private static boolean has(Gfp gfp, GfpBit bit) {
    return gfp.flags().contains(bit.name());
  }

  private static String nameOf(Memory.Zone zone) {
    return zone.name().toUpperCase(Locale.ROOT);
  }
}

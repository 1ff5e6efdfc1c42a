package io.oomstream.block.memory;

import io.oomstream.event.section.Memory;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a {@code lowmem_reserve[]} line can be the zone's behind which it stands ({@code
 * mm/page_alloc.c: setup_per_zone_lowmem_reserve}): nothing is held back from requests for the zone
 * itself or a lower one, and something from those for a higher zone that has memory. What stands at
 * the index of a zone without memory says nothing: as much as for the zone below it, less (5.7), or
 * 0 (6.10 to 6.15, 96a5c186efff).
 */
final class LowmemCheck {

  private final List<String> names;
  private final Set<ZoneName> withMemory = new HashSet<>();
  private final boolean switchedOff;
  private final boolean whole;

  /**
   * Of a dump.
   *
   * @param whole whether no zone's line is missing
   */
  LowmemCheck(List<Memory.Zone> zones, boolean whole) {
    this.whole = whole;
    names = zones.stream().map(LowmemCheck::nameOf).distinct().toList();
    switchedOff =
        zones.stream().noneMatch(z -> z.lowmemReserveBytes().isEmpty())
            && zones.stream().allMatch(z -> z.lowmemReserveBytes().stream().allMatch(r -> r == 0));
    for (Memory.Zone zone : zones) {
      Long present = zone.presentBytes();
      if (present != null && present > 0) {
        withMemory.add(new ZoneName(zone.node(), nameOf(zone)));
      }
    }
  }

  /** Whether all that the zones tell agrees with its reserves; true where they tell nothing. */
  boolean fits(Memory.Zone zone) {
    List<Long> reserves = zone.lowmemReserveBytes();
    List<ZoneTypes> kernels =
        switchedOff && whole ? List.of() : ZoneTypes.all(reserves.size(), names);
    return kernels.isEmpty() || kernels.stream().anyMatch(types -> fits(zone, reserves, types));
  }

  private boolean fits(Memory.Zone zone, List<Long> reserves, ZoneTypes types) {
    int own = types.indexOf(nameOf(zone));
    boolean next = own + 1 < reserves.size() && reserves.get(own + 1) > 0;
    if (!whole && !next && own < types.indexOf("NORMAL")) {
      // With the zones between them lost the line may be a higher zone's.
      return reserves.isEmpty();
    }
    long sum = 0;
    for (int i = 0; i < reserves.size(); i++) {
      boolean reserved = reserves.get(i) > 0;
      boolean higher = i > own;
      boolean due = withMemory.contains(new ZoneName(zone.node(), types.nameOf(i)));
      boolean less = due && reserves.get(i) < sum;
      if (less || (reserved && !higher) || (!reserved && higher && due)) {
        return false;
      }
      sum = due ? Math.max(sum, reserves.get(i)) : sum;
    }
    return true;
  }

  private static String nameOf(Memory.Zone zone) {
    return zone.name().toUpperCase(Locale.ROOT);
  }
}

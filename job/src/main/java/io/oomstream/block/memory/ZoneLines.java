package io.oomstream.block.memory;

import io.oomstream.block.text.Digits;
import io.oomstream.block.text.Figure;
import io.oomstream.event.section.Memory;
import io.oomstream.kernel.LineRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code Node 0 Normal free:238836kB boost:0kB min:84636kB …} and the {@code lowmem_reserve[]:}
 * line behind each ({@code show_free_areas}).
 */
public final class ZoneLines {

  private static final Set<String> NAMED =
      Set.of("free", "boost", "min", "low", "high", "present", "managed", "reserved_highatomic");

  private record RawZone(ZoneName zone, Map<String, Figure> figures, List<Long> lowmemPages) {}

  /** More than any machine has: {@code NODES_SHIFT} is at most 10. */
  private static final int MAX_ZONES = 4096;

  private static final long SLACK_BYTES = 2L << 20;

  /** Normal and Movable. */
  private static final int FEWEST_TYPES = 2;

  private final List<RawZone> zones = new ArrayList<>();
  private final Set<ZoneName> names = new HashSet<>();
  private boolean lowmemExpected;
  private boolean lowmemUnsure;

  boolean take(LineRule rule, String text) {
    return switch (rule) {
      case ZONE -> zone(text);
      case LOWMEM_RESERVE -> lowmem(text);
      default -> true;
    };
  }

  public boolean isEmpty() {
    return zones.isEmpty();
  }

  Set<String> counterNames() {
    Set<String> all = new HashSet<>();
    zones.forEach(zone -> all.addAll(zone.figures().keySet()));
    return all;
  }

  /** Whether the zones hold what nodes have since 4.8: then there are no node lines to miss. */
  public boolean areOfOldForm() {
    return zones.stream().anyMatch(z -> z.figures().containsKey("pages_scanned"));
  }

  /** The zones with their free lists; what the kernel's check makes of them is not filled in. */
  List<Memory.Zone> toZones(
      @Nullable Long pageSize,
      FreeListLines freeLists,
      @Nullable Long freeBytes,
      @Nullable Long totalBytes) {
    List<Memory.Zone> result = new ArrayList<>();
    List<ZoneName> withoutFigures = new ArrayList<>(freeLists.zones());
    int types = zones.stream().mapToInt(z -> z.lowmemPages().size()).max().orElse(0);
    zones.stream()
        .map(RawZone::lowmemPages)
        .filter(pages -> pages.size() < types)
        .forEach(List::clear);
    for (RawZone raw : zones) {
      withoutFigures.remove(raw.zone());
      result.add(toZone(raw, pageSize, freeLists));
    }
    for (ZoneName zone : withoutFigures) {
      result.add(toZone(new RawZone(zone, Map.of(), List.of()), pageSize, freeLists));
    }
    LowmemCheck check =
        new LowmemCheck(
            List.copyOf(result), isAllOf(freeBytes, result) && areAllPresent(totalBytes, result));
    result.replaceAll(zone -> check.fits(zone) ? zone : zone.withoutReserves());
    return result;
  }

  /** Whether the zones' free memory is the machine's, give or take what moves meanwhile. */
  static boolean isAllOf(@Nullable Long freeBytes, List<Memory.Zone> zones) {
    Long sum = zones.isEmpty() ? null : 0L;
    for (Memory.Zone zone : zones) {
      sum = Digits.plus(sum, zone.freeBytes());
    }
    return sum != null
        && freeBytes != null
        && Math.abs(sum - freeBytes) <= Math.max(freeBytes / 100, SLACK_BYTES);
  }

  /** The same by their sizes, as far as the kernel prints what it manages of them: 3.9+. */
  private static boolean areAllPresent(@Nullable Long totalBytes, List<Memory.Zone> zones) {
    Long sum = 0L;
    for (Memory.Zone zone : zones) {
      sum = zone.managedBytes() == null ? null : Digits.plus(sum, zone.presentBytes());
    }
    return sum == null || totalBytes == null || sum.equals(totalBytes);
  }

  private static Memory.Zone toZone(RawZone raw, @Nullable Long pageSize, FreeListLines freeLists) {
    Map<String, Long> all = NodeLines.counters(raw.figures());
    List<Long> lowmem = new ArrayList<>();
    for (Long pages : raw.lowmemPages()) {
      Long bytes = Digits.times(pages, pageSize);
      if (bytes != null) {
        lowmem.add(bytes);
      }
    }
    Memory.Zone zone =
        new Memory.Zone(
            raw.zone().node(),
            raw.zone().name(),
            all.get("free"),
            all.get("boost"),
            all.get("min"),
            all.get("low"),
            all.get("high"),
            all.get("present"),
            all.get("managed"),
            all.get("reserved_highatomic"),
            lowmem.size() == raw.lowmemPages().size() ? lowmem : List.of(),
            null,
            null,
            all,
            NodeLines.pagesScanned(raw.figures()),
            freeLists.blocksOf(raw.zone(), pageSize),
            null);
    all.keySet().removeAll(NAMED);
    return zone;
  }

  private boolean zone(String text) {
    int at = text.indexOf(" free:");
    if (at <= 0) {
      return false;
    }
    Map<String, Figure> figures = Figure.readAll(text, at);
    if (figures.isEmpty()) {
      return false;
    }
    ZoneName name = ZoneName.endingAt(text, at);
    if (zones.size() >= MAX_ZONES || !names.add(name)) {
      return zones.size() < MAX_ZONES;
    }
    zones.add(new RawZone(name, figures, new ArrayList<>()));
    // Of two zones in a row one lost its line, and the next line may be either's.
    lowmemUnsure = lowmemExpected;
    lowmemExpected = true;
    return true;
  }

  private boolean lowmem(String text) {
    if (!lowmemExpected || lowmemUnsure) {
      boolean more = lowmemExpected;
      lowmemExpected = false;
      lowmemUnsure = false;
      return more;
    }
    lowmemExpected = false;
    List<Long> pages = zones.get(zones.size() - 1).lowmemPages();
    for (String word : text.substring(text.indexOf(':') + 1).trim().split(" +")) {
      Long value = Digits.at(word, 0);
      if (value == null || Digits.end(word, 0) != word.length()) {
        pages.clear();
        return false;
      }
      pages.add(value);
    }
    if (pages.size() < FEWEST_TYPES) {
      pages.clear();
    }
    return !pages.isEmpty();
  }
}

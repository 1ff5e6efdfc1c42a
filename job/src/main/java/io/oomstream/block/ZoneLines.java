package io.oomstream.block;

import io.oomstream.event.Memory;
import io.oomstream.kernel.LineRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code Node 0 Normal free:238836kB boost:0kB min:84636kB …} and the {@code lowmem_reserve[]:}
 * line behind each ({@code show_free_areas}).
 */
final class ZoneLines {

  private static final Set<String> NAMED =
      Set.of("free", "boost", "min", "low", "high", "present", "managed", "reserved_highatomic");

  private record RawZone(ZoneName zone, Map<String, Figure> figures, List<Long> lowmemPages) {}

  private final List<RawZone> zones = new ArrayList<>();
  private boolean lowmemExpected;

  boolean take(LineRule rule, String text) {
    return switch (rule) {
      case ZONE -> zone(text);
      case LOWMEM_RESERVE -> lowmem(text);
      default -> true;
    };
  }

  boolean isEmpty() {
    return zones.isEmpty();
  }

  /** Whether the zones hold what nodes have since 4.8: then there are no node lines to miss. */
  boolean areOfOldForm() {
    return zones.stream().anyMatch(z -> z.figures().containsKey("pages_scanned"));
  }

  /** The zones with their free lists; what the kernel's check makes of them is not filled in. */
  List<Memory.Zone> toZones(@Nullable Long pageSize, FreeListLines freeLists) {
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
    return result;
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
            freeLists.blocksOf(raw.zone(), pageSize));
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
    zones.add(new RawZone(ZoneName.endingAt(text, at), figures, new ArrayList<>()));
    lowmemExpected = true;
    return true;
  }

  private boolean lowmem(String text) {
    if (!lowmemExpected) {
      return false;
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
    return true;
  }
}

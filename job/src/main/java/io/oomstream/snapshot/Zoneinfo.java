package io.oomstream.snapshot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /proc/zoneinfo} ({@code mm/vmstat.c: zoneinfo_show_print}); figures in pages. */
record Zoneinfo(List<Zone> zones) {

  /** A zone's figures by name: free, min, low, high, managed and its counters. */
  record Zone(String node, String name, Map<String, Long> pages) {}

  /** Null for what is not such a table. */
  static @Nullable Zoneinfo parse(String text) {
    List<Zone> zones = new ArrayList<>();
    Map<String, Long> pages = new HashMap<>();
    for (String line : ProcText.lines(text)) {
      List<String> words = ProcText.words(line);
      if (words.size() == 4 && Buddyinfo.isZone(words)) {
        pages = new HashMap<>();
        zones.add(new Zone(words.get(1).replace(",", ""), words.get(3), pages));
      } else if (words.size() == 3 && words.get(0).equals("pages")) {
        put(pages, words.get(1), words.get(2));
      } else if (words.size() == 2) {
        put(pages, words.get(0), words.get(1));
      }
    }
    boolean any = zones.stream().anyMatch(zone -> !zone.pages().isEmpty());
    return any ? new Zoneinfo(List.copyOf(zones)) : null;
  }

  private static void put(Map<String, Long> pages, String name, String word) {
    Long value = ProcText.number(word);
    if (value != null) {
      pages.putIfAbsent(name, value);
    }
  }

  /** Over all zones; null where no zone has the figure. */
  @Nullable Long sum(String name) {
    Long sum = null;
    for (Zone zone : zones) {
      Long value = zone.pages().get(name);
      if (value != null) {
        sum = (sum == null ? 0 : sum) + value;
      }
    }
    return sum;
  }
}

package io.oomstream.snapshot;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /proc/buddyinfo}: free blocks of each order ({@code mm/vmstat.c: frag_show_print}). */
record Buddyinfo(List<Zone> zones) {

  private static final int MOST_ORDERS = 32;

  /** Counts by order, beginning with order 0. */
  record Zone(String node, String name, List<Long> counts) {}

  /** Null for what is not such a table. */
  static @Nullable Buddyinfo parse(String text) {
    List<Zone> zones = new ArrayList<>();
    for (String line : ProcText.lines(text)) {
      List<String> words = ProcText.words(line);
      if (words.size() < 5 || words.size() > 4 + MOST_ORDERS || !isZone(words)) {
        continue;
      }
      List<Long> counts = new ArrayList<>();
      for (String word : words.subList(4, words.size())) {
        Long count = ProcText.number(word);
        if (count == null || count < 0) {
          break;
        }
        counts.add(count);
      }
      if (counts.size() == words.size() - 4) {
        zones.add(new Zone(words.get(1).replace(",", ""), words.get(3), List.copyOf(counts)));
      }
    }
    return zones.isEmpty() ? null : new Buddyinfo(List.copyOf(zones));
  }

  static boolean isZone(List<String> words) {
    return words.size() >= 4 && words.get(0).equals("Node") && words.get(2).equals("zone");
  }

  /** Pages in free blocks of that order and above, in all zones; null if it does not fit. */
  @Nullable Long freePages(int fromOrder) {
    long pages = 0;
    for (Zone zone : zones) {
      for (int order = fromOrder; order < zone.counts().size(); order++) {
        Long more = ProcText.product(zone.counts().get(order), 1L << order);
        if (more == null || pages + more < 0) {
          return null;
        }
        pages += more;
      }
    }
    return pages;
  }
}

package io.oomstream.block;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The totals under {@code Mem-Info:}, one record of several lines in pages ({@code
 * show_free_areas}).
 */
final class TotalsLines {

  /**
   * Counters that no kernel prints at the end of a line: if one stands there, the line was cut, and
   * perhaps the number too.
   */
  private static final Set<String> NEVER_LAST =
      Set.of(
          "active_anon",
          "inactive_anon",
          "active_file",
          "inactive_file",
          "unevictable",
          "dirty",
          "slab_reclaimable",
          "mapped",
          "shmem",
          "sec_pagetables",
          "free",
          "free_pcp");

  private final Map<String, Figure> figures = new LinkedHashMap<>();

  boolean take(String text) {
    Map<String, Figure> read = Figure.readAll(text, 0);
    boolean any = false;
    for (Map.Entry<String, Figure> entry : read.entrySet()) {
      boolean cut = entry.getValue().last() && NEVER_LAST.contains(entry.getKey());
      if (!cut) {
        figures.putIfAbsent(modern(entry.getKey()), entry.getValue());
        any = true;
      }
    }
    return any;
  }

  /** {@code Active:12 inactive:34 … slab:56}, up to 2.6.27; {@code Active_anon}, up to 2.6.31. */
  private static String modern(String name) {
    return switch (name) {
      case "Active" -> "active";
      case "Active_anon" -> "active_anon";
      default -> name;
    };
  }

  /** In bytes; empty where the page size is not known. */
  Map<String, Long> toCounters(@Nullable Long pageSize) {
    Map<String, Long> counters = new LinkedHashMap<>();
    figures.forEach(
        (name, figure) -> {
          Long bytes = figure.pagesOrKb(pageSize);
          if (bytes != null) {
            counters.put(name, bytes);
          }
        });
    return counters;
  }
}

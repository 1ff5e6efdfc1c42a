package io.oomstream.block.memory;

import io.oomstream.block.text.FieldName;
import io.oomstream.block.text.Figure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The totals under {@code Mem-Info:}, one record of several lines in pages ({@code
 * show_free_areas}).
 */
public final class TotalsLines {

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
    String first = read.isEmpty() ? "" : read.keySet().iterator().next();
    boolean headless = isTailOfName(first, read);
    boolean any = false;
    for (Map.Entry<String, Figure> entry : read.entrySet()) {
      boolean cut = headless && entry.getKey().equals(first);
      cut |= entry.getValue().last() && isNeverLast(entry.getKey(), read);
      if (!cut) {
        figures.putIfAbsent(modern(entry.getKey()), entry.getValue());
        any = true;
      }
    }
    return any;
  }

  /** Names that are the ends of longer ones, where the kernel does not begin a line with them. */
  private static boolean isTailOfName(String first, Map<String, Figure> line) {
    return switch (first) {
      case "active_anon" -> !line.containsKey("inactive_anon");
      case "active_file" -> !line.containsKey("inactive_file");
      case "active", "pagetables", "reclaimable", "anon", "file" -> true;
      default -> false;
    };
  }

  /** 2.6.28 to 2.6.31 begin with {@code Active_anon:} and end that line with the inactive ones. */
  private static boolean isNeverLast(String name, Map<String, Figure> line) {
    boolean old = name.equals("inactive_anon") && line.containsKey("Active_anon");
    return NEVER_LAST.contains(name) && !old;
  }

  /** {@code Active:12 inactive:34 … slab:56}, up to 2.6.27; {@code Active_anon}, up to 2.6.31. */
  private static String modern(String name) {
    return switch (name) {
      case "Active" -> "active";
      case "Active_anon" -> "active_anon";
      default -> name;
    };
  }

  /** Whether the lists are not split into anonymous and file pages: up to 2.6.27. */
  public boolean areOfOldForm() {
    return figures.containsKey("active");
  }

  /** Whether this kernel prints more behind the page tables: all but those before 2.6.28 do. */
  private boolean isFollowed() {
    return !figures.containsKey("sec_pagetables") && !figures.containsKey("active");
  }

  /**
   * In bytes; empty where the page size is not known. A counter that ends its line where the same
   * kernel prints another behind it was cut: from 5.8 nothing follows {@code writeback}, from 6.1
   * nothing follows {@code pagetables}.
   *
   * @param elsewhere the names that nodes and zones have
   */
  Map<String, Long> toCounters(@Nullable Long pageSize, Set<String> elsewhere) {
    Map<String, Long> counters = new LinkedHashMap<>();
    figures.forEach(
        (name, figure) -> {
          boolean cut =
              figure.last()
                  && ((name.equals("writeback") && elsewhere.contains("unstable"))
                      || (name.equals("pagetables") && isFollowed()));
          Long bytes = cut ? null : figure.pages(pageSize);
          if (bytes != null) {
            counters.putIfAbsent(FieldName.of(name), bytes);
          }
        });
    return counters;
  }
}

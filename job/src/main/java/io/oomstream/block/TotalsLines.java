package io.oomstream.block;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The totals under {@code Mem-Info:}, one record of several lines in pages ({@code
 * show_free_areas}).
 */
final class TotalsLines {

  private final Map<String, Figure> figures = new LinkedHashMap<>();

  boolean take(String text) {
    Map<String, Figure> read = Figure.readAll(text, 0);
    read.forEach(figures::putIfAbsent);
    return !read.isEmpty();
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

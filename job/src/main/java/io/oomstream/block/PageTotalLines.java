package io.oomstream.block;

import io.oomstream.kernel.LineRule;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last lines of a Mem-Info dump, one figure each: {@code 8388608 pages RAM}. */
final class PageTotalLines {

  private final Map<LineRule, Long> figures = new EnumMap<>(LineRule.class);

  boolean take(LineRule rule, String text) {
    Long value =
        switch (rule) {
          case PAGE_CACHE,
              SWAP_CACHE,
              PAGES_RAM,
              PAGES_HIGHMEM,
              PAGES_RESERVED,
              PAGES_CMA,
              PAGES_SHARED,
              PAGES_NON_SHARED,
              PAGES_HWPOISONED,
              PAGES_QUICKLIST ->
              Digits.at(text, 0);
          case FREE_SWAP, TOTAL_SWAP -> Digits.after(text, "= ", 0);
          default -> 0L;
        };
    if (value == null) {
      return false;
    }
    figures.putIfAbsent(rule, value);
    return true;
  }

  /** A figure that is printed in pages, as bytes. */
  @Nullable Long pages(LineRule rule, @Nullable Long pageSize) {
    return Digits.times(figures.get(rule), pageSize);
  }

  /** A figure that is printed in kB, as bytes. */
  @Nullable Long kilobytes(LineRule rule) {
    return Digits.times(figures.get(rule), Digits.KB);
  }
}

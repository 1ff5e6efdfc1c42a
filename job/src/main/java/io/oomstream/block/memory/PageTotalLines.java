package io.oomstream.block.memory;

import io.oomstream.block.text.Digits;
import io.oomstream.block.text.Figure;
import io.oomstream.kernel.LineRule;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last lines of a Mem-Info dump, one figure each: {@code 8388608 pages RAM}. */
public final class PageTotalLines {

  private final Map<LineRule, Long> figures = new EnumMap<>(LineRule.class);

  boolean take(LineRule rule, String text) {
    if (rule != LineRule.ALLOCATION_PROFILE_ROW && isMixed(text)) {
      return false;
    }
    Long value =
        switch (rule) {
          case PAGES_OTHER -> null;
          case PAGE_CACHE,
              PAGE_CACHE_OLD,
              SWAP_CACHE,
              PAGES_RAM,
              PAGES_HIGHMEM,
              PAGES_RESERVED,
              PAGES_CMA,
              PAGES_SHARED,
              PAGES_NON_SHARED,
              PAGES_HWPOISONED,
              PAGES_QUICKLIST,
              PAGES_OF_RAM,
              PAGES_RESERVED_OLD,
              PAGES_SWAP_CACHED ->
              Digits.at(text, 0);
          case FREE_SWAP, TOTAL_SWAP -> Figure.kilobytesAfter(text, "= ");
          case FREE_SWAP_OLD -> Figure.kilobytesAfter(text, ": ");
          default -> 0L;
        };
    if (rule == LineRule.FREE_SWAP && isBelowZero(text)) {
      return true; // no figure
    }
    if (value == null) {
      return false;
    }
    figures.putIfAbsent(modern(rule), value);
    return true;
  }

  /**
   * Whether free swap is less than nothing, as while swapoff empties a device: printed so, or as
   * the number that it is without a sign.
   *
   * @param text a line of {@code Free swap}
   */
  public static boolean isBelowZero(String text) {
    int at = text.indexOf("= ") + 2;
    return text.startsWith("-", at) || Digits.end(text, at) - at >= LONGEST;
  }

  /** More digits than any machine's kB have. */
  private static final int LONGEST = 17;

  /** Whether a line that begins with its figure has another: then it is two lines in one. */
  private static boolean isMixed(String text) {
    int end = Digits.end(text, 0);
    return end > 0 && text.chars().skip(end).anyMatch(c -> c >= '0' && c <= '9');
  }

  /** The rule whose figure the line of an older kernel is. */
  private static LineRule modern(LineRule rule) {
    return switch (rule) {
      case PAGES_OF_RAM -> LineRule.PAGES_RAM;
      case PAGES_RESERVED_OLD -> LineRule.PAGES_RESERVED;
      case PAGE_CACHE_OLD -> LineRule.PAGE_CACHE;
      case PAGES_SWAP_CACHED -> LineRule.SWAP_CACHE;
      case FREE_SWAP_OLD -> LineRule.FREE_SWAP;
      default -> rule;
    };
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

package io.oomstream.block;

import io.oomstream.event.Memory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code Node 0 Normal: 120*4kB (UMEH) 81*8kB (UEH) … = 235448kB} ({@code show_free_areas}). */
final class FreeListLines {

  private static final long LARGEST_PAGE_KB = 256;

  /** {@code count} blocks of a size. */
  private record Blocks(long count, long sizeKb, @Nullable String letters) {}

  /**
   * One zone's line.
   *
   * @param totalKb as printed at the end; null where the end is missing
   */
  private record RawList(ZoneName zone, List<Blocks> blocks, @Nullable Long totalKb) {}

  private final List<RawList> lists = new ArrayList<>();

  boolean take(String text) {
    int colon = text.indexOf(": ");
    if (colon <= 0) {
      return false;
    }
    List<Blocks> blocks = new ArrayList<>();
    Long total = null;
    int i = colon + 1;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '=') {
        total = Figure.kilobytesAfter(text.substring(i), "= ");
        break;
      }
      int star = Digits.end(text, i);
      if (Digits.isDigit(c) && star < text.length() && text.charAt(star) == '*') {
        i = item(text, i, star, blocks);
      } else {
        i = Math.max(star, i + 1);
      }
    }
    if (blocks.isEmpty()) {
      return false;
    }
    lists.add(new RawList(ZoneName.endingAt(text, colon), blocks, total));
    return true;
  }

  /**
   * The size of a block of order 0, which stands first; null if no line tells.
   *
   * <p>A line that lost its beginning could begin with another size: the smallest counts.
   */
  @Nullable Long pageSizeBytes() {
    long smallest = Long.MAX_VALUE;
    for (RawList list : lists) {
      smallest = Math.min(smallest, list.blocks().get(0).sizeKb());
    }
    boolean page = smallest >= 4 && smallest <= LARGEST_PAGE_KB && Long.bitCount(smallest) == 1;
    return page ? Long.valueOf(smallest * Digits.KB) : null;
  }

  List<ZoneName> zones() {
    return lists.stream().map(RawList::zone).toList();
  }

  /** The zone's free blocks by order; empty where it has no line or the page size is not known. */
  List<Memory.FreeBlocks> blocksOf(ZoneName zone, @Nullable Long pageSize) {
    List<Memory.FreeBlocks> orders = new ArrayList<>();
    for (RawList list : lists) {
      if (list.zone().equals(zone) && pageSize != null && orders.isEmpty()) {
        for (Blocks blocks : list.blocks()) {
          long pages = blocks.sizeKb() * Digits.KB / pageSize;
          if (pages > 0 && Long.bitCount(pages) == 1) {
            int order = Long.numberOfTrailingZeros(pages);
            orders.add(new Memory.FreeBlocks(order, blocks.count(), blocks.letters()));
          }
        }
      }
    }
    return orders;
  }

  /** Lines whose blocks do not add up to the sum at their end; null if no line has both. */
  @Nullable List<String> wrongSums() {
    List<String> wrong = new ArrayList<>();
    boolean any = false;
    for (RawList list : lists) {
      Long total = list.totalKb();
      if (total != null) {
        any = true;
        long sum = list.blocks().stream().mapToLong(b -> b.count() * b.sizeKb()).sum();
        if (sum != total) {
          wrong.add(list.zone() + ": blocks " + sum + " kB, printed " + total + " kB");
        }
      }
    }
    return any ? wrong : null;
  }

  private static int item(String text, int from, int star, List<Blocks> blocks) {
    Long count = Digits.at(text, from);
    Long size = Digits.at(text, star + 1);
    int end = Digits.end(text, star + 1);
    if (count == null || size == null || size < 0 || !text.startsWith("kB", end)) {
      return star + 1;
    }
    end += 2;
    String letters = null;
    int close = text.startsWith(" (", end) ? text.indexOf(')', end) : -1;
    if (close > 0) {
      letters = text.substring(end + 2, close);
      end = close + 1;
    }
    blocks.add(new Blocks(count, size, letters));
    return end;
  }
}

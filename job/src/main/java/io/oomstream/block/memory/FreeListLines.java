package io.oomstream.block.memory;

import io.oomstream.block.text.Digits;
import io.oomstream.block.text.Figure;
import io.oomstream.event.section.Memory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code Node 0 Normal: 120*4kB (UMEH) 81*8kB (UEH) … = 235448kB} ({@code show_free_areas}). */
public final class FreeListLines {

  private static final long LARGEST_PAGE_KB = 256;

  /** More than any machine has: {@code NODES_SHIFT} is at most 10. */
  private static final int MAX_LISTS = 4096;

  /** Of order 10, with pages of 4 kB: a list with bigger blocks has bigger pages. */
  private static final long LARGEST_BLOCK_OF_4KB_PAGES = 4096;

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
    if (blocks.isEmpty() || lists.size() >= MAX_LISTS) {
      return false;
    }
    lists.add(new RawList(ZoneName.endingAt(text, colon), blocks, total));
    return true;
  }

  /**
   * The size of a block of order 0, which stands first; null if no line tells. A line that lost its
   * beginning could begin with another size: the smallest counts, and one of more than 4 kB only
   * where the list is whole, or has blocks that no order of 4 kB pages has.
   */
  @Nullable
  public Long pageSizeBytes() {
    long smallest = Long.MAX_VALUE;
    boolean sure = false;
    for (RawList list : lists) {
      long first = list.blocks().get(0).sizeKb();
      long last = list.blocks().get(list.blocks().size() - 1).sizeKb();
      smallest = Math.min(smallest, first);
      sure |= first == 4 || last > LARGEST_BLOCK_OF_4KB_PAGES || isWhole(list);
    }
    boolean page = smallest >= 4 && smallest <= LARGEST_PAGE_KB && Long.bitCount(smallest) == 1;
    return page && sure ? Long.valueOf(smallest * Digits.KB) : null;
  }

  private static boolean isWhole(RawList list) {
    Long total = list.totalKb();
    return total != null && total == sumOf(list);
  }

  private static long sumOf(RawList list) {
    return list.blocks().stream().mapToLong(b -> b.count() * b.sizeKb()).sum();
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
  @Nullable
  public List<String> wrongSums() {
    List<String> wrong = new ArrayList<>();
    boolean any = false;
    for (RawList list : lists) {
      Long total = list.totalKb();
      if (total != null) {
        any = true;
        long sum = sumOf(list);
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

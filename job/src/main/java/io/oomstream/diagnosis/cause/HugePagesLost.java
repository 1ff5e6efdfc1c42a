package io.oomstream.diagnosis.cause;

import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.block.KernelBlock;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import org.jspecify.annotations.Nullable;

/**
 * Whether the lines of the huge page pools may be lost. Huge pages are in no other counter: without
 * these lines what is left may be theirs. But a kernel without hugetlbfs prints none ({@code
 * mm/hugetlb.c: hugetlb_show_meminfo_node}), and has none.
 */
final class HugePagesLost {

  private HugePagesLost() {}

  static boolean mayBe(KernelBlock block) {
    return !block.info().sections().contains(Section.HUGE_PAGES.name())
        && (!block.info().complete() || !isNothingBetween(block));
  }

  /**
   * They would stand between the free lists and the page cache's total: whether these lines follow
   * each other, and no record is missing between them.
   */
  private static boolean isNothingBetween(KernelBlock block) {
    ClassifiedLine before = null;
    for (ClassifiedLine line : block.lines()) {
      if (line.rule() == LineRule.PAGE_CACHE) {
        return before != null
            && before.rule() == LineRule.FREE_LIST
            && !isGap(before.line().sequence(), line.line().sequence());
      }
      before = line;
    }
    return false;
  }

  private static boolean isGap(@Nullable Long before, @Nullable Long after) {
    return before != null && after != null && after - before > 1;
  }
}

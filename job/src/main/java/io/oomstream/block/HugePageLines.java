package io.oomstream.block;

import io.oomstream.event.Memory;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code Node 0 hugepages_total=70 hugepages_free=70 hugepages_surp=0 hugepages_size=2048kB}
 * ({@code mm/hugetlb.c: hugetlb_show_meminfo_node}).
 */
final class HugePageLines {

  private final List<Memory.HugePages> sizes = new ArrayList<>();

  boolean take(String text) {
    Long size = Digits.times(Digits.after(text, "hugepages_size=", 0), Digits.KB);
    if (size == null || size <= 0) {
      return false;
    }
    sizes.add(
        new Memory.HugePages(
            Digits.toInt(Digits.after(text, "Node ", 0)),
            size,
            Digits.after(text, "hugepages_total=", 0),
            Digits.after(text, "hugepages_free=", 0),
            Digits.after(text, "hugepages_surp=", 0)));
    return true;
  }

  List<Memory.HugePages> toHugePages() {
    return List.copyOf(sizes);
  }
}

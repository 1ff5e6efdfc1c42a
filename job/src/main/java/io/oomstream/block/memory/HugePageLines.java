package io.oomstream.block.memory;

import io.oomstream.block.text.Digits;
import io.oomstream.event.section.Memory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code Node 0 hugepages_total=70 hugepages_free=70 hugepages_surp=0 hugepages_size=2048kB}
 * ({@code mm/hugetlb.c: hugetlb_show_meminfo_node}).
 */
final class HugePageLines {

  private final List<Memory.HugePages> sizes = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  boolean take(String text) {
    int at = text.indexOf("hugepages_size=");
    Long size = Digits.times(at < 0 ? null : Digits.before(text, at + 15, "kB"), Digits.KB);
    Integer node = Digits.toInt(Digits.between(text, "Node ", " ", 0));
    if (node == null || size == null || size <= 0) {
      return false;
    }
    if (seen.add(node + "/" + size)) {
      sizes.add(
          new Memory.HugePages(
              node,
              size,
              Digits.between(text, "hugepages_total=", " ", 0),
              Digits.between(text, "hugepages_free=", " ", 0),
              Digits.between(text, "hugepages_surp=", " ", 0)));
    }
    return true;
  }

  List<Memory.HugePages> toHugePages() {
    return List.copyOf(sizes);
  }
}

package io.oomstream.block.memory;

import io.oomstream.block.text.Digits;
import io.oomstream.block.text.Latin1;
import io.oomstream.event.section.Slab;
import io.oomstream.kernel.LineRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code task_struct 5632KB 5632KB}: the caches that cannot be reclaimed ({@code mm/slab_common.c:
 * dump_unreclaimable_slab}).
 */
public final class SlabTable {

  private static final Comparator<Slab.Cache> BIGGEST_FIRST =
      Comparator.comparingLong(Slab.Cache::totalBytes)
          .thenComparingLong(Slab.Cache::usedBytes)
          .reversed()
          .thenComparing(Slab.Cache::cache);

  private final List<Slab.Cache> caches = new ArrayList<>();
  private final Set<Slab.Cache> seen = new HashSet<>();

  public boolean take(LineRule rule, String text) {
    if (rule != LineRule.SLAB_ROW) {
      return true;
    }
    int totalEnd = text.lastIndexOf("KB");
    int total = totalEnd < 0 ? -1 : numberStart(text, totalEnd);
    int usedEnd = total < 0 ? -1 : text.lastIndexOf("KB", total - 1);
    int used = usedEnd < 0 ? -1 : numberStart(text, usedEnd);
    Long usedBytes = used <= 0 ? null : Digits.times(Digits.at(text, used), Digits.KB);
    Long totalBytes = used <= 0 ? null : Digits.times(Digits.at(text, total), Digits.KB);
    String name = used <= 0 ? "" : text.substring(0, used).trim();
    if (usedBytes == null || totalBytes == null || name.isEmpty()) {
      return false;
    }
    Slab.Cache cache = new Slab.Cache(Latin1.decode(name), usedBytes, totalBytes);
    if (seen.add(cache)) {
      caches.add(cache);
    }
    return true;
  }

  @Nullable
  public Slab toSlab() {
    return caches.isEmpty() ? null : new Slab(caches.stream().sorted(BIGGEST_FIRST).toList());
  }

  private static int numberStart(String text, int end) {
    int i = end;
    while (i > 0 && Digits.isDigit(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }
}

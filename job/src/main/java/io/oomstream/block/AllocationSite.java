package io.oomstream.block;

import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.block.text.Digits;
import io.oomstream.kernel.LineRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the allocation profile that kernels since 6.10 may print behind Mem-Info: what one place
 * of the kernel's code holds ({@code mm/show_mem.c: __show_mem}, {@code lib/alloc_tag.c}).
 *
 * @param bytes as exact as printed: three digits
 * @param place file and line, for example {@code mm/slub.c:2259}
 * @param module null for code of the kernel itself
 * @param function where the place is
 * @param line as printed
 */
public record AllocationSite(
    long bytes, String place, @Nullable String module, String function, String line) {

  private static final String UNITS = "KMGTPE";
  private static final String FUNCTION = " func:";

  /** The rows of a block, biggest first; empty where it has none. */
  public static List<AllocationSite> of(KernelBlock block) {
    List<AllocationSite> sites = new ArrayList<>();
    for (ClassifiedLine line : block.lines()) {
      AllocationSite site =
          line.rule() == LineRule.ALLOCATION_PROFILE_ROW ? parse(KernelBlock.textOf(line)) : null;
      if (site != null) {
        sites.add(site);
      }
    }
    sites.sort(Comparator.comparingLong(AllocationSite::bytes).reversed());
    return List.copyOf(sites);
  }

  /** {@code 6.08 MiB 1234 mm/slub.c:1234 func:alloc_slab_page}, or bytes without a unit. */
  static @Nullable AllocationSite parse(String text) {
    String[] words = text.strip().split(" +");
    int function = text.lastIndexOf(FUNCTION);
    Double number = words.length < 4 || function < 0 ? null : decimal(words[0]);
    if (number == null) {
      return null;
    }
    boolean unit = Digits.at(words[1], 0) == null;
    Double factor = unit ? factor(words[1]) : Double.valueOf(1);
    int place = unit ? 3 : 2;
    if (factor == null || words.length <= place + 1) {
      return null;
    }
    String after = words[place + 1];
    boolean module = after.startsWith("[") && after.endsWith("]");
    return new AllocationSite(
        (long) (number * factor),
        words[place],
        module ? after.substring(1, after.length() - 1) : null,
        text.substring(function + FUNCTION.length()).strip(),
        text);
  }

  private static @Nullable Double decimal(String word) {
    int point = word.indexOf('.');
    Long whole = Digits.at(word, 0);
    if (whole == null || point < 0) {
      return whole == null ? null : Double.valueOf(whole);
    }
    Long part = Digits.at(word, point + 1);
    int digits = Digits.end(word, point + 1) - point - 1;
    return part == null ? null : Double.valueOf(whole + part / Math.pow(10, digits));
  }

  /** {@code lib/string_helpers.c: string_get_size}, powers of 1024. */
  private static @Nullable Double factor(String unit) {
    if (unit.equals("B")) {
      return 1.0;
    }
    int power = UNITS.indexOf(unit.charAt(0)) + 1;
    return power == 0 || !unit.endsWith("B") ? null : Double.valueOf(Math.pow(1024, power));
  }
}

package io.oomstream.block.memory;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of a boot say of its memory, small enough to be kept for each host: bytes by the
 * names of {@link BootLine}, and what was given back after the totals were printed.
 *
 * @param figures sizes by name; empty before the boot's {@code Memory:} line
 * @param freed what the kernel freed of its reserved memory since, by its own words
 */
public record BootFacts(Map<String, Long> figures, Map<String, Long> freed) {

  public static final BootFacts NONE = new BootFacts(Map.of(), Map.of());

  /** A boot that prints more of them is none. */
  private static final int MOST = 64;

  /** All pages that the kernel knows of ({@code get_num_physpages}). */
  public static final String TOTAL = "total";

  /** Free when the line was printed. */
  public static final String AVAILABLE = "available";

  /** Pages never given to the page allocator, without CMA. */
  public static final String RESERVED = "reserved";

  public static final String CMA_RESERVED = "cmaReserved";
  public static final String CRASH_KERNEL = "crashKernel";
  public static final String HUGE_PAGES = "hugePages";
  public static final String BALLOON_DRIVER = "balloonDriver";

  /** The facts of a boot's lines, each ended by a newline. */
  public static BootFacts of(String lines) {
    BootFacts facts = NONE;
    for (int from = 0; from < lines.length(); ) {
      int end = lines.indexOf('\n', from);
      end = end < 0 ? lines.length() : end;
      facts = facts.with(lines.substring(from, end));
      from = end + 1;
    }
    return facts;
  }

  /** The facts with what one more line of the kernel's says; the same where it says nothing. */
  public BootFacts with(String text) {
    if (text.startsWith("Linux version ")) {
      return NONE;
    }
    BootLine line = BootLine.parse(text);
    if (line == null || figures.size() + freed.size() >= MOST) {
      return this;
    }
    if (line.freed()) {
      return new BootFacts(figures, isKnown() ? plus(freed, line.figures()) : freed);
    }
    if (isKnown() && line.figures().containsKey(TOTAL)) {
      // A boot prints it once, so this is another one, whose first lines were lost.
      return new BootFacts(line.figures(), Map.of());
    }
    return new BootFacts(plus(figures, line.figures()), freed);
  }

  /** Whether the boot's {@code Memory:} line was among them. */
  public boolean isKnown() {
    return figures.containsKey(TOTAL) && figures.containsKey(RESERVED);
  }

  @Nullable Long get(String name) {
    return figures.get(name);
  }

  long freedBytes() {
    return freed.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map<String, Long> plus(Map<String, Long> a, Map<String, Long> b) {
    Map<String, Long> sum = new TreeMap<>(a);
    b.forEach((name, bytes) -> sum.merge(name, bytes, Math::addExact));
    return Map.copyOf(sum);
  }
}

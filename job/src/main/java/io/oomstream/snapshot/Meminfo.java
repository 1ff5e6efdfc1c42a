package io.oomstream.snapshot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /proc/meminfo} ({@code fs/proc/meminfo.c}).
 *
 * @param values bytes by name; plain numbers for the counts of huge pages
 */
record Meminfo(Map<String, Long> values) {

  /** Null for what is not such a table. */
  static @Nullable Meminfo parse(String text) {
    Map<String, Long> values = new HashMap<>();
    for (String line : ProcText.lines(text)) {
      int colon = line.indexOf(':');
      List<String> words = colon <= 0 ? List.of() : ProcText.words(line.substring(colon + 1));
      Long number = words.isEmpty() ? null : ProcText.number(words.get(0));
      boolean kib = words.size() > 1 && words.get(1).equals("kB");
      Long value = number == null ? null : ProcText.product(number, kib ? 1024 : 1);
      if (value != null) {
        values.put(line.substring(0, colon), value);
      }
    }
    return values.containsKey("MemTotal") ? new Meminfo(values) : null;
  }

  @Nullable Long get(String name) {
    return values.get(name);
  }

  private long orNone(String name) {
    Long value = values.get(name);
    return value == null ? 0 : value;
  }

  @Nullable Long swapUsed() {
    Long total = get("SwapTotal");
    Long free = get("SwapFree");
    return total == null || free == null || total == 0 ? null : Math.max(0, total - free);
  }

  /** Free memory where the kernel, before 3.14, does not estimate what is available. */
  @Nullable Long available() {
    Long available = get("MemAvailable");
    Long free = get("MemFree");
    if (available != null || free == null) {
      return available;
    }
    return free + orNone("Buffers") + Math.max(0, orNone("Cached") - orNone("Shmem"));
  }

  /**
   * What no counter of the table holds: pages that drivers took for themselves. Null where a
   * counter that matters is missing. Kernel stacks are within VmallocUsed where they are mapped.
   */
  @Nullable Long unaccounted() {
    for (String needed : List.of("MemTotal", "MemFree", "Cached", "AnonPages", "Slab")) {
      if (get(needed) == null) {
        return null;
      }
    }
    long hugePages =
        get("Hugetlb") == null
            ? Math.max(0, orNone("HugePages_Total")) * (orNone("Hugepagesize") >> 10 << 10)
            : orNone("Hugetlb");
    long accounted =
        orNone("MemFree")
            + orNone("Buffers")
            + orNone("Cached")
            + orNone("SwapCached")
            + orNone("AnonPages")
            + orNone("Slab")
            + Math.max(orNone("KernelStack"), orNone("VmallocUsed"))
            + orNone("PageTables")
            + orNone("SecPageTables")
            + orNone("Percpu")
            + orNone("Zswap")
            + orNone("Bounce")
            + orNone("Balloon")
            + hugePages;
    return Math.max(0, orNone("MemTotal") - accounted);
  }
}

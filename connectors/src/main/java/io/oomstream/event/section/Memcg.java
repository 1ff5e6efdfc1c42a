package io.oomstream.event.section;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The control group at its limit. A limit is absent where there is none.
 *
 * @param path the group of the figures
 * @param stats memory.stat
 * @param accounting the parts of its usage, no page twice, and what is in none of them
 */
public record Memcg(
    @Nullable String path,
    @Nullable Long usageBytes,
    @Nullable Long limitBytes,
    @Nullable Long failCount,
    @Nullable Usage swap,
    @Nullable Usage memoryAndSwap,
    @Nullable Usage kmem,
    Stats stats,
    Memory.@Nullable Accounting accounting) {

  /**
   * The group's memory.stat by the kernel's own names, with {@code _} for what is no letter, digit
   * or {@code _}.
   *
   * @param bytes sizes
   * @param counts events, and figures whose unit is not known: as printed
   */
  public record Stats(Map<String, Long> bytes, Map<String, Long> counts) {}

  /** Usage and limit of one resource of the group. */
  public record Usage(
      @Nullable Long usageBytes, @Nullable Long limitBytes, @Nullable Long failCount) {}
}

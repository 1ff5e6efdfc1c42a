package io.oomstream.event.section;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The control group at its limit. A limit is absent where there is none.
 *
 * @param path the group of the figures
 * @param stats memory.stat: bytes for sizes, plain numbers for events
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
    Map<String, Long> stats,
    Memory.@Nullable Accounting accounting) {

  /** Without what schema 1.0 did not have at first. */
  public Memcg(
      @Nullable String path,
      @Nullable Long usageBytes,
      @Nullable Long limitBytes,
      @Nullable Long failCount,
      @Nullable Usage swap,
      @Nullable Usage memoryAndSwap,
      @Nullable Usage kmem,
      Map<String, Long> stats) {
    this(path, usageBytes, limitBytes, failCount, swap, memoryAndSwap, kmem, stats, null);
  }

  /** Usage and limit of one resource of the group. */
  public record Usage(
      @Nullable Long usageBytes, @Nullable Long limitBytes, @Nullable Long failCount) {}
}

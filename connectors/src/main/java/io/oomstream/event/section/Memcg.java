package io.oomstream.event.section;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The control group at its limit. A limit is absent where there is none.
 *
 * @param path the group of the figures
 * @param stats memory.stat: bytes for sizes, plain numbers for events
 */
public record Memcg(
    @Nullable String path,
    @Nullable Long usageBytes,
    @Nullable Long limitBytes,
    @Nullable Long failCount,
    @Nullable Usage swap,
    @Nullable Usage memoryAndSwap,
    @Nullable Usage kmem,
    Map<String, Long> stats) {

  /** Usage and limit of one resource of the group. */
  public record Usage(
      @Nullable Long usageBytes, @Nullable Long limitBytes, @Nullable Long failCount) {}
}

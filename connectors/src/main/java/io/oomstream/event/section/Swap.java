package io.oomstream.event.section;

import org.jspecify.annotations.Nullable;

/**
 * The state of swap for the memory that ran out.
 *
 * @param reason in the language of the summary
 * @param cachedBytes memory whose contents are in swap as well
 */
public record Swap(
    State state,
    String reason,
    @Nullable Long totalBytes,
    @Nullable Long freeBytes,
    @Nullable Long cachedBytes) {

  /** The state of swap. */
  public enum State {
    /** The machine, or the control group, has none. */
    ABSENT,
    /** All of it is used, or all that the control group may use. */
    EXHAUSTED,
    /** Used mostly by pages that are in memory as well. */
    CACHED,
    /** Free, but it could not help. */
    MISLEADING,
    /** Partly free, and neither the cause nor a help. */
    PARTLY_USED,
    /** The block does not show it. */
    UNKNOWN
  }
}

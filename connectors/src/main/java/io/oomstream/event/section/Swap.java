package io.oomstream.event.section;

import org.jspecify.annotations.Nullable;

/**
 * What swap did for the memory that ran out.
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

  /** How it was. */
  public enum State {
    /** The machine, or the control group, has none. */
    ABSENT,
    /** All of it, or of what the control group may use, is taken. */
    EXHAUSTED,
    /** Taken for the most part by pages that are in memory as well. */
    CACHED,
    /** Free, and yet no help. */
    MISLEADING,
    /** Free in part, neither the cause nor a help. */
    PARTLY_USED,
    /** The block does not tell. */
    UNKNOWN
  }
}

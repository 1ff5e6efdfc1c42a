package io.oomstream.workload;

import java.util.List;

/**
 * That a node's word is remembered.
 *
 * @param keys where
 * @param saidMs event time of the last time it was said
 */
public record Shelved(List<String> keys, long saidMs) {

  /** How long a word is remembered after it was last said, event time, milliseconds. */
  public static final long KEEP_MS = 48 * 3_600_000L;

  /** Words that are remembered of one node. */
  public static final int MAX_WORDS = 8_192;

  /** So many are forgotten at once if there are more, those that were last said longest ago. */
  public static final int AT_ONCE = MAX_WORDS / 16;

  /** The latest time of a timer: the end of input passes it. */
  private static final long LAST = Long.MAX_VALUE - 1;

  /** Event time from which on a word is forgotten. */
  public static long until(long saidMs) {
    return saidMs >= LAST - KEEP_MS ? LAST : saidMs + KEEP_MS;
  }
}

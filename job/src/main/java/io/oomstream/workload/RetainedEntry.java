package io.oomstream.workload;

import java.util.List;

/**
 * That an entry of a node is remembered.
 *
 * @param keys where
 * @param recordedAtMs event time of the last time it was said
 */
public record RetainedEntry(List<String> keys, long recordedAtMs) {

  /** How long an entry is remembered after it was last said, event time, milliseconds. */
  public static final long KEEP_MS = 48 * 3_600_000L;

  /** Entries that are remembered of one node. */
  public static final int MAX_ENTRIES = 8_192;

  /** So many are forgotten at once if there are more, those that were last said longest ago. */
  public static final int AT_ONCE = MAX_ENTRIES / 16;

  /** The latest time of a timer: the end of input passes it. */
  private static final long LAST = Long.MAX_VALUE - 1;

  /** Event time from which on an entry is forgotten. */
  public static long until(long recordedAtMs) {
    return recordedAtMs >= LAST - KEEP_MS ? LAST : recordedAtMs + KEEP_MS;
  }
}

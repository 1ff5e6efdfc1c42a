package io.oomstream.workload;

import java.util.List;

/**
 * What is needed to forget an entry of the catalogue that is kept under other keys.
 *
 * @param keys under which it is kept
 * @param recordedAtMs event time of its newest record, milliseconds
 */
public record RetainedEntry(List<String> keys, long recordedAtMs) {

  /** How long an entry is remembered after its newest record, event time, milliseconds. */
  public static final long KEEP_MS = 48 * 3_600_000L;

  /** Entries that are remembered of one node. */
  public static final int MAX_ENTRIES = 8_192;

  /** So many are forgotten at once if there are more, those with the oldest records. */
  public static final int AT_ONCE = MAX_ENTRIES / 16;

  /** The latest time of a timer: the end of input passes it. */
  private static final long LAST = Long.MAX_VALUE - 1;

  /** Event time from which on an entry is forgotten. */
  public static long until(long recordedAtMs) {
    return recordedAtMs >= LAST - KEEP_MS ? LAST : recordedAtMs + KEEP_MS;
  }
}

package io.oomstream.workload;

/**
 * Facts of what is remembered of a node, to avoid reading it.
 *
 * @param words how many
 * @param timer event time at which the oldest is looked for, milliseconds
 */
public record ShelfHeader(int words, long timer) {

  /** No timer. */
  public static final long NONE = Long.MAX_VALUE;

  public static final ShelfHeader EMPTY = new ShelfHeader(0, NONE);
}

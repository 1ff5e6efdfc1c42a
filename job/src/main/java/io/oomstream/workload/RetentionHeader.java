package io.oomstream.workload;

/**
 * Facts of what is remembered of a node, to avoid reading it.
 *
 * @param entries how many
 * @param timer event time at which the oldest is looked for, milliseconds
 */
public record RetentionHeader(int entries, long timer) {

  /** No timer. */
  public static final long NONE = Long.MAX_VALUE;

  public static final RetentionHeader EMPTY = new RetentionHeader(0, NONE);
}

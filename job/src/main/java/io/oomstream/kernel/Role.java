package io.oomstream.kernel;

/** The role of a line in a block. */
public enum Role {
  /** Begins a block. */
  OPENS,
  /** Is inside a block and nowhere else. */
  BODY,
  /** Is inside a block, but in many other traces too: without a block it means nothing. */
  CONTEXT,
  /** Ends a block. */
  CLOSES,
  /** Belongs to a block that has ended. */
  AFTER,
  /** Has a meaning by itself. */
  STANDALONE,
  /** Says what a boot made of memory: kept as the host's facts, and never in a block. */
  BOOT,
  /** The rest of a line that was cut: by the record limit, or by a newline in a name. */
  TAIL,
  /** No rule knows the line; inside a block it is kept, elsewhere it means nothing. */
  UNKNOWN
}

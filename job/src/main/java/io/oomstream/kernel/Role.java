package io.oomstream.kernel;

/** What a line does to a report. */
public enum Role {
  /** Begins a report. */
  OPENS,
  /** Stands inside a report and nowhere else. */
  BODY,
  /** Stands inside a report, but in many other traces too: without a report it means nothing. */
  CONTEXT,
  /** Ends a report. */
  CLOSES,
  /** Belongs to a report that has ended. */
  AFTER,
  /** Says something by itself. */
  STANDALONE,
  /** The rest of a line that was cut: by the record limit, or by a newline in a name. */
  TAIL,
  /** No rule knows the line; inside a report it is kept, elsewhere it means nothing. */
  UNKNOWN
}

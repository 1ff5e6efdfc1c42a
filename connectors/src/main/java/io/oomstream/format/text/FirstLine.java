package io.oomstream.format.text;

import io.oomstream.format.line.LineView;

/** The line by which the envelope of a text record was detected, so that it is not read again. */
public final class FirstLine {

  public LineView view = new LineView();

  /** Where it begins in the record; -1 for none. */
  public int lineStart = -1;

  /** Where the newline is that ends it, or the record. */
  public int lineEnd;
}

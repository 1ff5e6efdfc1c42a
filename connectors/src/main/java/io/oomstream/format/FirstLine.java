package io.oomstream.format;

/** The line by which a text record was told, so that it is not read a second time. */
final class FirstLine {

  LineView view = new LineView();

  /** Where it begins in the record; -1 for none. */
  int lineStart = -1;

  /** Where the newline is that ends it, or the record. */
  int lineEnd;
}

package io.oomstream.format.text;

import io.oomstream.format.line.LineView;

/** Reads one line of a text envelope. */
public interface TextEnvelope {

  /** The result of reading a line. */
  enum Reading {
    /** It has a prefix of this envelope; the view has all facts. */
    LINE,
    /** It has no prefix, which this envelope allows: it continues the line before it. */
    PLAIN,
    /** It belongs to the envelope but has no message. */
    NO_MESSAGE,
    /** It does not match the envelope. */
    MISFIT
  }

  /** False if no line that begins with this byte can be a {@link Reading#LINE}. */
  default boolean mayBegin(byte first) {
    return true;
  }

  /**
   * Reads a line without its line end. The view is cleared before, and valid only after {@link
   * Reading#LINE}.
   *
   * @param recordMs the record's time, to find the year
   */
  Reading read(byte[] text, int start, int end, LineView view, long recordMs);
}

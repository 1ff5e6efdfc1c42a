package io.oomstream.format.text;

import io.oomstream.format.line.LineView;

/** A text envelope: how one line of it reads. */
public interface TextEnvelope {

  /** What a line turned out to be. */
  enum Reading {
    /** It has a prefix of this form; the view holds all of it. */
    LINE,
    /** It has none, which this form allows: it goes on where the line before it ended. */
    PLAIN,
    /** It belongs to the form but holds no message. */
    NO_MESSAGE,
    /** It does not fit the form. */
    MISFIT
  }

  /** False if no line that begins with this byte is a {@link Reading#LINE} of the form. */
  default boolean mayBegin(byte first) {
    return true;
  }

  /**
   * Reads a line without its end. The view comes cleared, and counts only after {@link
   * Reading#LINE}.
   *
   * @param recordMs the record's time, to settle a year
   */
  Reading read(byte[] text, int start, int end, LineView view, long recordMs);
}

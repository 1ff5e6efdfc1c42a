package io.oomstream.format.text;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.LineOutput;
import io.oomstream.format.line.LineView;

/**
 * Decodes a text record. A line without a prefix is a line too, with the host and the times of the
 * line before it.
 */
public final class TextRecord {

  private static final int ESCAPE = 0x1b;

  /** Two views in turns, so that a line without a prefix does not overwrite the one before it. */
  private LineView current = new LineView();

  private LineView next = new LineView();

  /** Width of the previous line's prefix: dmesg and journalctl indent by it. */
  private int prefixWidth;

  /**
   * @param plainFirst whether the record can begin with lines without a prefix
   * @param first the line by which the envelope was detected, if any
   */
  public void decode(
      byte[] value,
      int start,
      TextEnvelope envelope,
      boolean plainFirst,
      long recordMs,
      FirstLine first,
      LineOutput out) {
    current.clear();
    prefixWidth = -1;
    int from = start;
    while (from < value.length) {
      int after = from == first.lineStart ? first.lineEnd : lineEnd(value, from);
      int end = after > from && value[after - 1] == '\r' ? after - 1 : after;
      if (end > from) {
        if (from == first.lineStart) {
          LineView spare = next;
          next = first.view;
          first.view = spare;
          prefixed(value, from, out);
        } else {
          decodeLine(value, from, end, envelope, plainFirst, recordMs, out);
        }
      }
      from = after + 1;
    }
  }

  private static int lineEnd(byte[] value, int from) {
    int newline = Ascii.indexOf(value, from, value.length, '\n');
    return newline < 0 ? value.length : newline;
  }

  private void decodeLine(
      byte[] value,
      int start,
      int end,
      TextEnvelope envelope,
      boolean plainFirst,
      long recordMs,
      LineOutput out) {
    next.clear();
    switch (envelope.read(value, start, end, next, recordMs)) {
      case LINE -> prefixed(value, start, out);
      case PLAIN -> plain(value, start, end, plainFirst, out);
      case MISFIT -> out.undecodable("a line that does not fit the envelope", start);
      case NO_MESSAGE -> {}
    }
  }

  /** Makes the line in {@code next} the current one. */
  private void prefixed(byte[] value, int start, LineOutput out) {
    LineView spare = current;
    current = next;
    next = spare;
    prefixWidth = current.text == value ? current.textStart - start : 0;
    out.emit(current);
  }

  private void plain(byte[] value, int start, int end, boolean plainFirst, LineOutput out) {
    if (prefixWidth < 0) {
      if (!plainFirst) {
        out.undecodable("no prefix of the envelope", start);
        return;
      }
      int control = controlByte(value, start, end);
      if (control >= 0) {
        out.undecodable("not text: byte value " + value[control], control);
        return;
      }
      current.setText(value, DmesgEnvelope.skipQuote(value, start, end), end);
    } else {
      current.setText(value, afterIndent(value, start, end), end);
    }
    out.emit(current);
  }

  private int afterIndent(byte[] value, int start, int end) {
    int blanks = Ascii.skipBlanks(value, start, end) - start;
    return blanks >= prefixWidth ? start + prefixWidth : start;
  }

  /** A byte that is never in text; -1 if there is none. Names can have any byte from 0x80 on. */
  private static int controlByte(byte[] value, int start, int end) {
    for (int i = start; i < end; i++) {
      byte b = value[i];
      if (b >= 0 && b < ' ' && b != '\t' && b != '\r' && b != ESCAPE) {
        return i;
      }
    }
    return -1;
  }
}

package io.oomstream.format.text;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.LineOutput;
import io.oomstream.format.line.LineView;

/**
 * A message that is a whole line of a log file with its prefix, as Vector's file source, Filebeat's
 * filestream or Fluent Bit's tail read it.
 */
public final class InnerText {

  private final TextEnvelopes envelopes;
  private final LineView inner = new LineView();

  public InnerText(TextEnvelopes envelopes) {
    this.envelopes = envelopes;
  }

  /** Hands on the lines of the view's text; a text without any prefix is one line. */
  public void emit(LineView outer, long recordMs, LineOutput out) {
    byte[] text = outer.text;
    int end = outer.textEnd;
    while (end > outer.textStart && (text[end - 1] == '\n' || text[end - 1] == '\r')) {
      end--;
    }
    int firstEnd = lineEnd(text, outer.textStart, end);
    if (envelopes.read(text, outer.textStart, firstEnd, inner, recordMs) == null) {
      outer.setText(text, outer.textStart, end);
      out.emit(outer);
      return;
    }
    out.within(outer);
    out.emit(inner);
    for (int from = firstEnd + 1; from < end; ) {
      int after = lineEnd(text, from, end);
      if (after > from && envelopes.read(text, from, after, inner, recordMs) == null) {
        inner.clear();
        inner.setText(text, from, after);
      }
      if (after > from) {
        out.emit(inner);
      }
      from = after + 1;
    }
    out.within(null);
  }

  /**
   * Whether a program's message is a whole line of the kernel from a log file, with time, name and
   * all. Whoever read the file is the program; it proves nothing.
   */
  public boolean isWholeLine(LineView outer, long recordMs) {
    Envelope form = envelopes.read(outer.text, outer.textStart, outer.textEnd, inner, recordMs);
    return (form == Envelope.RFC3164 || form == Envelope.RFC5424)
        && inner.namedKernels
        && inner.facility <= 0
        && inner.wallTimeUs != LineView.ABSENT;
  }

  private static int lineEnd(byte[] text, int start, int end) {
    int newline = Ascii.indexOf(text, start, end, '\n');
    return newline < 0 ? end : newline;
  }
}

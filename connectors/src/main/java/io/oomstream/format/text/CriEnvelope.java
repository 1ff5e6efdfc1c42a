package io.oomstream.format.text;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.LineView;

/**
 * A container runtime's log of each line of a container: {@code time stdout F text}. The output of
 * a container proves nothing about who wrote it.
 */
final class CriEnvelope implements TextEnvelope {

  private final CriHeader header;
  private final DmesgEnvelope dmesg;

  CriEnvelope(CriHeader header, DmesgEnvelope dmesg) {
    this.header = header;
    this.dmesg = dmesg;
  }

  @Override
  public boolean mayBegin(byte first) {
    return Ascii.isDigit(first);
  }

  @Override
  public Reading read(byte[] text, int start, int end, LineView view, long recordMs) {
    if (!header.read(text, start, end)) {
      return Reading.PLAIN;
    }
    long time = header.timeUs;
    int message = header.message;
    int after = header.isPart ? CriParts.wholeWords(text, message, end) : end;
    if (dmesg.read(text, message, after, view, recordMs) != Reading.LINE) {
      view.clear();
      view.setText(text, message, after);
    }
    view.wallTimeUs = view.wallTimeUs == LineView.ABSENT ? time : view.wallTimeUs;
    view.facility = view.facility == 0 ? -1 : view.facility;
    return Reading.LINE;
  }
}

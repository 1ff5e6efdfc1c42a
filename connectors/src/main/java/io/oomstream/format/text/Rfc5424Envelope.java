package io.oomstream.format.text;

import static io.oomstream.bytes.Ascii.is;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.Scratch;
import io.oomstream.format.time.WallTime;

/** {@code <4>1 2026-11-23T18:04:05.123456Z host kernel - - - text}; the priority may be missing. */
final class Rfc5424Envelope implements TextEnvelope {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final WallTime wallTime;
  private final SyslogTail tail;
  private final Rfc3164Envelope lines;

  Rfc5424Envelope(WallTime wallTime, Scratch scratch, Rfc3164Envelope lines) {
    this.wallTime = wallTime;
    this.lines = lines;
    tail = new SyslogTail(scratch);
  }

  @Override
  public boolean mayBegin(byte first) {
    return first == '<' || first == '1';
  }

  @Override
  public Reading read(byte[] text, int start, int end, LineView view, long recordMs) {
    int version = DmesgEnvelope.afterPriority(text, start, end, view);
    if (!is(text, version, end, '1') || !is(text, version + 1, end, ' ')) {
      return Reading.PLAIN;
    }
    int time = version + 2;
    int host = afterTime(text, time, end, view);
    int hostEnd = fieldEnd(text, host, end);
    int app = next(hostEnd);
    int appEnd = fieldEnd(text, app, end);
    int processEnd = fieldEnd(text, next(appEnd), end);
    int idEnd = fieldEnd(text, next(processEnd), end);
    int dataEnd = structuredDataEnd(text, next(idEnd), end);
    if (dataEnd < 0 || (dataEnd < end && text[dataEnd] != ' ')) {
      return Reading.PLAIN;
    }
    SyslogTail.setHost(text, host, hostEnd, view);
    int message = dataEnd;
    if (Ascii.startsWith(text, Math.min(end, message + 1), end, BYTE_ORDER_MARK)) {
      message += 1 + BYTE_ORDER_MARK.length;
    }
    if (SyslogTail.isKernel(text, app, appEnd)) {
      tail.kernelMessage(text, message, end, view);
    } else if (!lines.readWhole(text, message, end, view, recordMs)) {
      SyslogTail.userMessage(text, message, end, view);
    }
    return Reading.LINE;
  }

  /** Where the field after the time begins; -1 if there is no time. */
  private int afterTime(byte[] text, int start, int end, LineView view) {
    if (is(text, start, end, '-') && is(text, start + 1, end, ' ')) {
      return start + 2;
    }
    if (wallTime.iso(text, start, end) && is(text, wallTime.end, end, ' ')) {
      view.wallTimeUs = wallTime.us;
      return wallTime.end + 1;
    }
    return -1;
  }

  private static int next(int fieldEnd) {
    return fieldEnd < 0 ? -1 : fieldEnd + 1;
  }

  /** The blank that ends a field which is not the last; -1 if there is none. */
  private static int fieldEnd(byte[] text, int start, int end) {
    if (start < 0 || start >= end) {
      return -1;
    }
    int after = Ascii.wordEnd(text, start, end);
    return after > start && after < end ? after : -1;
  }

  /** After {@code -} or {@code [id name="value"]…}; within a value a backslash escapes. */
  private static int structuredDataEnd(byte[] text, int start, int end) {
    if (is(text, start, end, '-')) {
      return start + 1;
    }
    int at = start;
    while (is(text, at, end, '[')) {
      at = elementEnd(text, at + 1, end);
    }
    return at > start ? at : -1;
  }

  private static int elementEnd(byte[] text, int start, int end) {
    boolean quoted = false;
    for (int i = start; i < end; i++) {
      if (quoted && text[i] == '\\') {
        i++;
      } else if (text[i] == '"') {
        quoted = !quoted;
      } else if (!quoted && text[i] == ']') {
        return i + 1;
      }
    }
    return -1;
  }
}

package io.oomstream.format.text;

import static io.oomstream.bytes.Ascii.is;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.Scratch;
import io.oomstream.format.time.WallTime;

/**
 * Syslog lines of files and journalctl: {@code [<pri>]time [host ]tag: text}, with the time as
 * {@code Aug 11 20:21:28}, in ISO format, or (journalctl -o short-monotonic) the kernel's time.
 *
 * <p>A tag {@code kernel} without a priority proves nothing. The kernel's priority without a tag
 * proves nothing either, because any program can send such a datagram. In both cases the facility
 * stays unknown. Any other tag means a program's line.
 */
final class Rfc3164Envelope implements TextEnvelope {

  private final WallTime wallTime;
  private final SyslogTail tail;
  private final LineView inner = new LineView();
  private boolean isWithin;

  Rfc3164Envelope(WallTime wallTime, Scratch scratch) {
    this.wallTime = wallTime;
    tail = new SyslogTail(scratch);
  }

  @Override
  public Reading read(byte[] text, int start, int end, LineView view, long recordMs) {
    int from = Ascii.skipIndent(text, DmesgEnvelope.skipQuote(text, start, end), end);
    Reading reading = readLine(text, from, end, view, recordMs);
    if (reading != Reading.PLAIN) {
      return reading;
    }
    int pasted = PastePrefix.end(text, from, end);
    return pasted == from ? reading : readLine(text, pasted, end, view, recordMs);
  }

  private Reading readLine(byte[] text, int from, int end, LineView view, long recordMs) {
    int at = DmesgEnvelope.afterPriority(text, from, end, view);
    byte first = at < end ? text[at] : 0;
    if (first == '[') {
      return readMonotonic(text, at, end, view);
    }
    if (!Ascii.isLetter(first) && !Ascii.isDigit(first)) {
      return Reading.PLAIN;
    }
    if (wallTime.syslog(text, at, end, recordMs)) {
      view.wallTimeUs = wallTime.us;
      readTagged(text, Ascii.skipBlanks(text, wallTime.end, end), end, view, recordMs, false);
      return Reading.LINE;
    }
    if (wallTime.full(text, at, end) || wallTime.unix(text, at, end)) {
      view.wallTimeUs = wallTime.us;
      boolean isSyslog =
          is(text, wallTime.end, end, ' ')
              && readTagged(text, wallTime.end + 1, end, view, recordMs, true);
      return isSyslog ? Reading.LINE : Reading.PLAIN;
    }
    if (wallTime.iso(text, at, end)) {
      view.wallTimeUs = wallTime.us;
      boolean isSyslog =
          !wallTime.comma
              && is(text, wallTime.end, end, ' ')
              && readTagged(text, wallTime.end + 1, end, view, recordMs, true);
      return isSyslog ? Reading.LINE : Reading.PLAIN;
    }
    return readLeftOver(text, at, end, view);
  }

  /** {@code kernel: text}, {@code 10:00:00 kernel: text}: what a selection left of the head. */
  private Reading readLeftOver(byte[] text, int start, int end, LineView view) {
    int tag = LeftOverHead.tagAt(text, start, end);
    int colon = tag < 0 ? -1 : tag + LeftOverHead.TAG_LENGTH;
    if (colon < 0) {
      return Reading.PLAIN;
    }
    tail.kernelMessage(text, colon + 1, end, view);
    return Reading.LINE;
  }

  /**
   * {@code [host ]tag: text}. Without a tag the rest is the text.
   *
   * @param needsTag whether to leave the view unchanged without a tag
   * @return whether there was a tag
   */
  private boolean readTagged(
      byte[] text, int start, int end, LineView view, long recordMs, boolean needsTag) {
    int first = Ascii.wordEnd(text, start, end);
    int second = Ascii.wordEnd(text, Math.min(end, first + 1), end);
    int colon = tagColon(text, start, first);
    if (colon < 0 && first < end) {
      colon = tagColon(text, first + 1, second);
      if (colon >= 0) {
        SyslogTail.setHost(text, start, first, view);
        readMessage(text, first + 1, colon, end, view, recordMs);
        return true;
      }
    }
    if (colon >= 0) {
      readMessage(text, start, colon, end, view, recordMs);
      return true;
    }
    if (!needsTag) {
      view.facility = view.facility == 0 ? -1 : view.facility;
      readUntagged(text, start, first, end, view);
    }
    return false;
  }

  /** netconsole's text after {@code time host}: as the kernel wrote it, with its time. */
  private static void readUntagged(byte[] text, int start, int first, int end, LineView view) {
    int after = first < end ? KernelTime.read(text, first + 1, end, view) : -1;
    if (after >= 0) {
      SyslogTail.setHost(text, start, first, view);
    }
    view.setText(text, after < 0 ? start : after, end);
  }

  /** The colon of a tag {@code name:}, {@code name[12]:} or {@code name:[81.4]}. */
  private static int tagColon(byte[] text, int start, int end) {
    if (end - start < 2) {
      return -1;
    }
    if (text[end - 1] == ':') {
      return end - 1;
    }
    int colon = Ascii.indexOf(text, start, end, ':');
    return colon >= 0 && SyslogTail.isKernel(text, start, colon) ? colon : -1;
  }

  private void readMessage(byte[] text, int tag, int colon, int end, LineView view, long recordMs) {
    if (SyslogTail.isKernel(text, tag, colon)) {
      tail.kernelMessage(text, colon + 1, end, view);
    } else if (!readWhole(text, colon + 1, end, view, recordMs)) {
      SyslogTail.userMessage(text, colon + 1, end, view);
    }
  }

  /**
   * Reads a program's message that is a whole line of the kernel from a log file, head and all, as
   * a daemon sends it that reads the file (rsyslog's imfile, syslog-ng's {@code flags(no-parse)}).
   * The head around it is the reader's and proves nothing, nor does the line itself: a file may
   * contain anything.
   */
  boolean readWhole(byte[] text, int start, int end, LineView view, long recordMs) {
    int from = Ascii.skipBlanks(text, start, end);
    if (isWithin || from == end) {
      return false;
    }
    isWithin = true;
    inner.clear();
    Reading reading = readLine(text, from, end, inner, recordMs);
    isWithin = false;
    if (reading != Reading.LINE
        || !inner.namedKernels
        || inner.facility > 0
        || inner.wallTimeUs == LineView.ABSENT) {
      return false;
    }
    if (inner.host.end > inner.host.start) {
      view.host.set(inner.host.bytes, inner.host.start, inner.host.end);
    }
    view.wallTimeUs = inner.wallTimeUs;
    view.kernelTimeUs = inner.kernelTimeUs;
    view.facility = -1;
    view.level = inner.level;
    view.namedKernels = true;
    view.setText(inner.text, inner.textStart, inner.textEnd);
    return true;
  }

  /**
   * {@code [ 81.429116] host kernel: text}. The host is ignored: user space can write such a text
   * into the kernel's log and could choose any host.
   */
  private Reading readMonotonic(byte[] text, int start, int end, LineView view) {
    int word = KernelTime.read(text, start, end, view);
    if (word < 0) {
      return Reading.PLAIN;
    }
    int tag = Ascii.wordEnd(text, word, end) + 1;
    int tagEnd = tag >= end ? end : Ascii.wordEnd(text, tag, end);
    if (tag >= end
        || !is(text, tagEnd - 1, end, ':')
        || !SyslogTail.isKernel(text, tag, tagEnd - 1)) {
      return Reading.PLAIN;
    }
    view.setText(text, KernelTime.afterBlank(text, tagEnd, end), end);
    return Reading.LINE;
  }
}

package io.oomstream.format.text;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.Scratch;

/** The message after the header, for both syslog formats. */
public final class SyslogTail {

  /** Facility of a program's line without one in its header. */
  public static final int USER = 1;

  private static final byte[] KERNEL = Ascii.literal("kernel");

  /** How rsyslog writes a newline and a tab ({@code EscapeControlCharactersOnReceive}). */
  private static final byte[] NEWLINE = Ascii.literal("#012");

  private static final byte[] TAB = Ascii.literal("#011");

  private static final byte ALPHANUMERIC = 2;

  /** The bytes of host names. */
  private static final byte[] OF_NAME = new byte[256];

  static {
    for (int b = 0; b < 0x80; b++) {
      boolean alphanumeric = Ascii.isLetter((byte) b) || Ascii.isDigit((byte) b);
      OF_NAME[b] = alphanumeric ? ALPHANUMERIC : (byte) (".-_:%".indexOf(b) >= 0 ? 1 : 0);
    }
  }

  private final Scratch scratch;

  public SyslogTail(Scratch scratch) {
    this.scratch = scratch;
  }

  public static boolean isKernel(byte[] text, int start, int end) {
    return end - start == KERNEL.length && Ascii.startsWith(text, start, end, KERNEL);
  }

  /** Sets the host, unless the text can't be a host's name or is redacted. */
  static void setHost(byte[] text, int start, int end, LineView view) {
    boolean named = false;
    for (int i = start; i < end; i++) {
      byte kind = OF_NAME[text[i] & 0xff];
      if (kind == 0) {
        return;
      }
      named |= kind == ALPHANUMERIC;
    }
    if (named) {
      view.host.set(text, start, end);
    }
  }

  /** The kernel's message after a header: its time, if it was kept, and the text. */
  public void kernelMessage(byte[] text, int start, int end, LineView view) {
    kernelText(text, start, end, KernelTime.afterBlank(text, start, end), view);
  }

  /** The same for a message whose leading blanks are the kernel's. */
  public void kernelText(byte[] text, int start, int end, LineView view) {
    kernelText(text, start, end, start, view);
  }

  private void kernelText(byte[] text, int start, int end, int untimed, LineView view) {
    view.namedKernels = true;
    int from = Ascii.skipIndent(text, start, end);
    while (Ascii.startsWith(text, from, end, TAB)) {
      from += TAB.length;
    }
    int after = KernelTime.read(text, from, end, view);
    setText(text, after < 0 ? untimed : after, end, view);
  }

  /** A program's message; the kernel's facility is not accepted from it. */
  static void userMessage(byte[] text, int start, int end, LineView view) {
    if (view.facility <= 0) {
      view.facility = USER;
    }
    view.setText(text, KernelTime.afterBlank(text, start, end), end);
  }

  private void setText(byte[] text, int start, int end, LineView view) {
    int escape = nextEscape(text, start, end);
    if (escape == end) {
      view.setText(text, start, end);
      return;
    }
    scratch.clear();
    int from = start;
    while (escape < end) {
      scratch.add(text, from, escape);
      scratch.add(text[escape + 3] == '1' ? '\t' : '\n');
      from = escape + NEWLINE.length;
      escape = nextEscape(text, from, end);
    }
    scratch.add(text, from, end);
    view.setText(scratch.bytes(), 0, scratch.size());
  }

  /**
   * rsyslog does not escape its own {@code #}, so {@code Thread#012} can be a name. A continued
   * kernel line begins with a blank or, in memory.stat, with a lower-case letter.
   */
  private static int nextEscape(byte[] text, int start, int end) {
    int last = end - NEWLINE.length;
    int i = Ascii.indexOf(text, start, last, '#');
    while (i >= 0
        && !Ascii.startsWith(text, i, end, TAB)
        && !(Ascii.startsWith(text, i, end, NEWLINE) && goesOn(text[i + NEWLINE.length]))) {
      i = Ascii.indexOf(text, i + 1, last, '#');
    }
    return i < 0 ? end : i;
  }

  private static boolean goesOn(byte b) {
    return b == ' ' || (b >= 'a' && b <= 'z');
  }
}

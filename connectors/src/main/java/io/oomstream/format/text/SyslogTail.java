package io.oomstream.format.text;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.Scratch;

/** What both syslog forms share: the message behind the header. */
public final class SyslogTail {

  /** Facility of a line that a program wrote and whose header does not say which. */
  public static final int USER = 1;

  private static final byte[] KERNEL = Ascii.literal("kernel");

  /** How rsyslog writes a newline and a tab ({@code EscapeControlCharactersOnReceive}). */
  private static final byte[] NEWLINE = Ascii.literal("#012");

  private static final byte[] TAB = Ascii.literal("#011");

  private static final byte ALPHANUMERIC = 2;

  /** Which bytes a host's name holds. */
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

  /** A name that can be a host's; a redacted one is none. */
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

  /** The kernel's own message after a header: its time, where it was kept, and the text. */
  public void kernelMessage(byte[] text, int start, int end, LineView view) {
    kernelText(text, start, end, KernelTime.afterBlank(text, start, end), view);
  }

  /** The same of a message whose blanks are all the kernel's. */
  public void kernelText(byte[] text, int start, int end, LineView view) {
    kernelText(text, start, end, start, view);
  }

  private void kernelText(byte[] text, int start, int end, int untimed, LineView view) {
    view.namedKernels = true;
    int after = KernelTime.read(text, Ascii.skipBlanks(text, start, end), end, view);
    setText(text, after < 0 ? untimed : after, end, view);
  }

  /** What another program wrote; if it claims the kernel's facility, that is its claim only. */
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
   * rsyslog does not escape its own {@code #}, so {@code Thread#012} may be a name. A line that the
   * kernel goes on with begins with a blank or, in memory.stat, with a small letter.
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

package io.oomstream.format.text;

import static io.oomstream.bytes.Ascii.is;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.LineView;

/**
 * The kernel's own prefix of a line: {@code [ 12.345678]}, with the caller {@code [
 * 599.515700][T23028]}, and what dmesg adds within it ({@code <delta>}). {@code
 * kernel/printk/printk.c: print_time, print_caller}.
 */
final class KernelTime {

  private KernelTime() {}

  /**
   * Where the text after the prefix begins; -1 if there is none. Sets time and caller of the view,
   * only if there is one.
   */
  static int read(byte[] text, int start, int end, LineView view) {
    if (!is(text, start, end, '[')) {
      return -1;
    }
    int from = Ascii.skipBlanks(text, start + 1, end);
    int point = Ascii.skipDigits(text, from, end);
    long seconds = point - from > 12 ? -1 : Ascii.number(text, from, point);
    if (seconds < 0 || !is(text, point, end, '.')) {
      return -1;
    }
    int after = Ascii.skipDigits(text, point + 1, end);
    int close = skipDelta(text, VendorPrefix.afterTime(text, after, end), end);
    if (after == point + 1 || !is(text, close, end, ']')) {
      return -1;
    }
    view.kernelTimeUs = seconds * 1_000_000 + Ascii.fractionUs(text, point + 1, after);
    int caller = caller(text, close + 1, end, view);
    int behind = afterBlank(text, caller < 0 ? close + 1 : caller, end);
    return VendorPrefix.afterTask(text, behind, end);
  }

  /** The end of {@code [T23028]} or {@code [ C1]}; -1 if there is none. */
  static int caller(byte[] text, int start, int end, LineView view) {
    if (!is(text, start, end, '[')) {
      return -1;
    }
    int from = Ascii.skipBlanks(text, start + 1, end);
    int close = callerEnd(text, from, end);
    if (close < 0 || !is(text, close, end, ']')) {
      return -1;
    }
    view.caller.set(text, from, close);
    return close + 1;
  }

  /** The end of {@code T<pid>} or {@code C<cpu>}; -1 if there is none. */
  static int callerEnd(byte[] text, int start, int end) {
    if (!is(text, start, end, 'T') && !is(text, start, end, 'C')) {
      return -1;
    }
    int after = Ascii.skipDigits(text, start + 1, end);
    return after > start + 1 ? after : -1;
  }

  /** One blank separates prefix and text; further ones belong to the text. */
  static int afterBlank(byte[] text, int at, int end) {
    return is(text, at, end, ' ') ? at + 1 : at;
  }

  /** dmesg -d: {@code < 0.000012>} after the time. */
  static int skipDelta(byte[] text, int start, int end) {
    if (!is(text, start, end, ' ') || !is(text, start + 1, end, '<')) {
      return start;
    }
    int at = Ascii.skipBlanks(text, start + 2, end);
    at = Ascii.skipDigits(text, at, end);
    at = is(text, at, end, '.') ? Ascii.skipDigits(text, at + 1, end) : at;
    at = Ascii.skipBlanks(text, at, end); // journalctl -o short-delta
    return is(text, at, end, '>') ? at + 1 : start;
  }
}

package io.oomstream.format.text;

import static io.oomstream.bytes.Ascii.is;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.LineView;
import io.oomstream.format.time.WallTime;

/**
 * Output of dmesg or a console, also pasted: {@code [ 12.345678] text} with or without caller,
 * {@code -x}, {@code -r}, {@code -T}, {@code --time-format=iso}, or no prefix at all; quoted with
 * {@code > } or indented. Also talosctl's dmesg, {@code node: kern: warning:
 * [2026-01-12T20:27:31.913975631Z]: text}, and a guest's lines in VMware's log.
 *
 * <p>The kernel's {@code <4>} counts only before a kernel time: without one it can be a syslog
 * datagram of any program.
 */
final class DmesgEnvelope implements TextEnvelope {

  /** In util-linux' spelling ({@code sys-utils/dmesg.c}), by number. */
  private static final byte[][] FACILITIES =
      literals(
          "kern",
          "user",
          "mail",
          "daemon",
          "auth",
          "syslog",
          "lpr",
          "news",
          "uucp",
          "cron",
          "authpriv",
          "ftp",
          "",
          "",
          "",
          "",
          "local0",
          "local1",
          "local2",
          "local3",
          "local4",
          "local5",
          "local6",
          "local7");

  private static final byte[][] LEVELS =
      literals("emerg", "alert", "crit", "err", "warn", "notice", "info", "debug");

  private static final byte[] WARNING = Ascii.literal("warning");
  private static final byte[] GUEST = Ascii.literal("Guest: <");

  /** {@code In(05) vcpu-5 - } stands before it. */
  private static final int LONGEST_THREAD = 40;

  /** A date in some language within brackets is not longer. */
  private static final int LONGEST_BRACKET = 64;

  private static final int HIGHEST_PRIORITY = 191;
  private static final int LEVEL_WARNING = 4;

  private final WallTime wallTime;

  DmesgEnvelope(WallTime wallTime) {
    this.wallTime = wallTime;
  }

  @Override
  public Reading read(byte[] text, int start, int end, LineView view, long recordMs) {
    int unquoted = skipQuote(text, start, end);
    int from = Ascii.skipIndent(text, unquoted, end);
    Reading reading = readLine(text, from, end, view);
    int node = reading == Reading.PLAIN ? afterNode(text, from, end) : -1;
    if (node > 0 && readTalos(text, node, end, view)) {
      view.host.set(text, from, node - 2);
      return Reading.LINE;
    }
    int pasted = reading == Reading.PLAIN ? PastePrefix.end(text, from, end) : from;
    if (pasted > from) {
      reading = readLine(text, pasted, end, view);
    }
    if (reading == Reading.PLAIN) {
      view.setText(text, unquoted, end);
    }
    return reading;
  }

  private Reading readLine(byte[] text, int from, int end, LineView view) {
    int raw = afterPriority(text, from, end, view);
    int at = afterWords(text, raw, end, view);
    int after = afterTime(text, at, end, view);
    boolean claimed = raw > from && at == raw && view.kernelTimeUs == LineView.ABSENT;
    view.facility = claimed && view.facility == 0 ? -1 : view.facility;
    if (after < 0 && at == from) {
      return Reading.PLAIN;
    }
    int behind = after < 0 ? at : after;
    boolean talos = at > raw && is(text, behind - 1, end, ']') && is(text, behind, end, ':');
    view.setText(text, talos ? KernelTime.afterBlank(text, behind + 1, end) : behind, end);
    return Reading.LINE;
  }

  /** talosctl prints the node's name if it reads from several. */
  private boolean readTalos(byte[] text, int start, int end, LineView view) {
    int at = afterWords(text, start, end, view);
    return at > start && is(text, at, end, '[') && readLine(text, start, end, view) == Reading.LINE;
  }

  /** After {@code 10.5.0.2: }; -1 if the line does not begin with one word and a colon. */
  private static int afterNode(byte[] text, int start, int end) {
    int limit = Math.min(end, start + LONGEST_BRACKET);
    int blank = Ascii.indexOf(text, start, limit, ' ');
    return blank > start + 1 && text[blank - 1] == ':' ? blank + 1 : -1;
  }

  /** After {@code > } of a quoted paste, once or several times. */
  static int skipQuote(byte[] text, int start, int end) {
    int at = start;
    while (is(text, at, end, '>')) {
      at = KernelTime.afterBlank(text, at + 1, end);
    }
    return at;
  }

  /** After {@code <4>}; where it began if there is none. */
  static int afterPriority(byte[] text, int start, int end, LineView view) {
    if (!is(text, start, end, '<')) {
      return start;
    }
    int close = Ascii.skipDigits(text, start + 1, end);
    long priority = close - start > 4 ? -1 : Ascii.number(text, start + 1, close);
    if (priority < 0 || priority > HIGHEST_PRIORITY || !is(text, close, end, '>')) {
      return start;
    }
    view.facility = (int) (priority >> 3);
    view.level = (int) (priority & 7);
    return close + 1;
  }

  /** After {@code kern :warn : } of dmesg -x; where it began if it is not there. */
  private static int afterWords(byte[] text, int start, int end, LineView view) {
    if (start >= end || !Ascii.isLetter(text[start])) {
      return start;
    }
    int facility = word(FACILITIES, text, start, end);
    int colon = facility < 0 ? -1 : colonAfter(text, start + FACILITIES[facility].length, end);
    int from = colon < 0 ? -1 : Ascii.skipBlanks(text, colon + 1, end);
    int level = colon < 0 ? -1 : word(LEVELS, text, from, end);
    int second = level < 0 ? -1 : colonAfter(text, from + LEVELS[level].length, end);
    if (colon >= 0 && level < 0 && Ascii.startsWith(text, from, end, WARNING)) {
      level = LEVEL_WARNING; // Talos writes the long word
      second = colonAfter(text, from + WARNING.length, end);
    }
    if (second < 0) {
      return start;
    }
    view.facility = facility;
    view.level = level;
    return KernelTime.afterBlank(text, second + 1, end);
  }

  private static int colonAfter(byte[] text, int start, int end) {
    int at = Ascii.skipBlanks(text, start, end);
    return is(text, at, end, ':') ? at : -1;
  }

  /** The longest of the words that stands there, and ends there; -1 if none. */
  private static int word(byte[][] words, byte[] text, int start, int end) {
    for (int i = 0; i < words.length; i++) {
      int after = start + words[i].length;
      if (words[i].length > 0
          && Ascii.startsWith(text, start, end, words[i])
          && (is(text, after, end, ' ') || is(text, after, end, ':'))) {
        return i;
      }
    }
    return -1;
  }

  private int afterTime(byte[] text, int start, int end, LineView view) {
    if (wallTime.iso(text, start, end)) {
      view.wallTimeUs = wallTime.us;
      int after = KernelTime.afterBlank(text, wallTime.end, end);
      // kubectl logs --timestamps, before a line of dmesg.
      int second = KernelTime.read(text, after, end, view);
      int guest = second < 0 ? afterGuest(text, after, end) : -1;
      if (guest >= 0) {
        second = KernelTime.read(text, afterPriority(text, guest, end, view), end, view);
      }
      return second < 0 ? after : second;
    }
    if (!is(text, start, end, '[')) {
      return -1;
    }
    int kernelTime = KernelTime.read(text, start, end, view);
    if (kernelTime >= 0) {
      return kernelTime;
    }
    int close = dateEnd(text, start + 1, end, view);
    // A console server's date, before the console's line.
    int console = close < 0 ? -1 : KernelTime.afterBlank(text, close, end);
    int second =
        PastePrefix.beginsKernelTime(text, console, end)
            ? KernelTime.read(text, console, end, view)
            : -1;
    if (second >= 0) {
      return second;
    }
    int caller = KernelTime.caller(text, close < 0 ? start : close, end, view);
    int after = Math.max(close, caller);
    return after < 0 ? -1 : KernelTime.afterBlank(text, after, end);
  }

  /** vmware.log: {@code In(05) vcpu-5 - Guest: <6>[…}, the kernel's {@code <6>}; -1 if not. */
  private static int afterGuest(byte[] text, int start, int end) {
    int limit = Math.min(end, start + LONGEST_THREAD);
    for (int i = Ascii.indexOf(text, start, limit, 'G');
        i >= 0;
        i = Ascii.indexOf(text, i + 1, limit, 'G')) {
      if (Ascii.startsWith(text, i, end, GUEST)) {
        return i + GUEST.length - 1;
      }
    }
    return -1;
  }

  /** After the bracket that closes a date; -1 if there is no date in brackets. */
  private int dateEnd(byte[] text, int start, int end, LineView view) {
    if (wallTime.ctime(text, start, end)) {
      int close = KernelTime.skipDelta(text, wallTime.end, end);
      if (is(text, close, end, ']')) {
        view.wallTimeUs = wallTime.us;
        return close + 1;
      }
    }
    if (wallTime.iso(text, start, end) && is(text, wallTime.end, end, ']')) {
      view.wallTimeUs = wallTime.us;
      return wallTime.end + 1;
    }
    int limit = Math.min(end, start + LONGEST_BRACKET);
    int close = Ascii.indexOf(text, start, limit, ']');
    if (close >= 0 && wallTime.localised(text, start, close)) {
      view.wallTimeUs = wallTime.us;
      return close + 1;
    }
    return close >= 0 && (isForeignDate(text, start, close) || isStep(text, start, close))
        ? close + 1
        : -1;
  }

  /**
   * A date in an unknown language, or dmesg -H's {@code Aug11 20:21}: a word, later a time. dmesg
   * -H gives no usable time: it prints only the minute of its first line, and for the following
   * lines the difference to that line.
   */
  private static boolean isForeignDate(byte[] text, int start, int end) {
    if (start >= end || !(Ascii.isLetter(text[start]) || text[start] < 0)) {
      return false;
    }
    for (int i = start + 1; i + 6 <= end; i++) {
      if (text[i] == ' ' && isClock(text, i + 1, end)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isClock(byte[] text, int start, int end) {
    int after = start + 5;
    return is(text, start + 2, end, ':')
        && Ascii.digits(text, start, end, 2) >= 0
        && Ascii.digits(text, start + 3, end, 2) >= 0
        && (after == end || text[after] == ':' || text[after] == ' ');
  }

  /** dmesg -H: {@code +0.000012} since the line before. */
  private static boolean isStep(byte[] text, int start, int end) {
    int plus = Ascii.skipBlanks(text, start, end);
    int point = Ascii.skipDigits(text, plus + 1, end);
    return is(text, plus, end, '+')
        && is(text, point, end, '.')
        && point > plus + 1
        && Ascii.skipDigits(text, point + 1, end) == end;
  }

  private static byte[][] literals(String... words) {
    byte[][] literals = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      literals[i] = Ascii.literal(words[i]);
    }
    return literals;
  }
}

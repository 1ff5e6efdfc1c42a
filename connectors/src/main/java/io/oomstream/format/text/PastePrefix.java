package io.oomstream.format.text;

import static io.oomstream.bytes.Ascii.is;
import static io.oomstream.bytes.Ascii.isDigit;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.time.WallTime;

/**
 * Prefixes that tools add to a log line: a quote's {@code > }, {@code grep}'s file name and line
 * number ({@code messages-12-}), the name of a container before a bar. It is recognized by what
 * follows it: the time of a kernel or syslog line.
 *
 * <p>A kernel text without a time can contain such a time too, in the name of a process or a group.
 * Such texts have more words before it, or bytes that no prefix has.
 */
final class PastePrefix {

  private static final int LONGEST = 96;
  private static final int MOST_WORDS = 2;

  /** {@code kernel/printk/printk.c: print_time} pads the seconds. */
  private static final int SECONDS_WIDTH = 5;

  private PastePrefix() {}

  /** The begin of the line after the prefix; {@code start} if there is no prefix. */
  static int end(byte[] text, int start, int end) {
    int limit = Math.min(end, start + LONGEST);
    int words = 1;
    for (int i = start + 1; i < limit && words <= MOST_WORDS && !isOfText(text[i - 1]); i++) {
      words += text[i - 1] == ' ' && text[i] != ' ' && text[i] != '[' ? 1 : 0;
      if (text[i] == '[' && divides(text, i - 1) && beginsKernelTime(text, i, end)) {
        return i;
      }
      if ((text[i - 1] == ':' || text[i - 1] == '-') && beginsSyslogTime(text, i, end)) {
        return i;
      }
    }
    return start;
  }

  private static boolean isOfText(byte b) {
    return b == '[' || b == '(' || b == '=';
  }

  private static boolean divides(byte[] text, int at) {
    byte b = text[at];
    return b == ' ' || b == '\t' || b == ':' || b == '-' || b == '|' || b == '`';
  }

  /** {@code [ 12.345678]}, or the date of {@code dmesg -T}. */
  static boolean beginsKernelTime(byte[] text, int at, int end) {
    if (!is(text, at, end, '[')) {
      return false;
    }
    int from = Ascii.skipBlanks(text, at + 1, end);
    int point = Ascii.skipDigits(text, from, end);
    if (point > from) {
      int after = is(text, point, end, '.') ? Ascii.skipDigits(text, point + 1, end) : point;
      return after - point == 7 && is(text, after, end, ']') && point - at > SECONDS_WIDTH;
    }
    // [Sun Aug 11 20:21:28 2024]
    return WallTime.isDay(text, from, end)
        && is(text, from + 13, end, ':')
        && is(text, from + 16, end, ':')
        && is(text, from + 24, end, ']');
  }

  /** {@code Aug 11 20:21:28 }. */
  private static boolean beginsSyslogTime(byte[] text, int at, int end) {
    return is(text, at + 3, end, ' ')
        && is(text, at + 9, end, ':')
        && is(text, at + 12, end, ':')
        && at + 15 < end
        && isDigit(text[at + 8])
        && WallTime.isMonth(text, at, end);
  }
}

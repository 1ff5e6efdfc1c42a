package io.oomstream.bytes;

import java.nio.charset.StandardCharsets;

/**
 * Scans the bytes of a line. Bounds are half open, nothing is allocated. Written by hand because
 * every byte of the input passes here; the block parser works on {@code String} and has {@code
 * Digits}.
 */
public final class Ascii {

  /** More digits than this may not fit a long. */
  private static final int LONGEST_NUMBER = 18;

  private static final long QUOTES = Words.repeat('"');
  private static final long BACKSLASHES = Words.repeat('\\');
  private static final long NEWLINES = Words.repeat('\n');

  private Ascii() {}

  public static byte[] literal(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  public static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** A hexadecimal digit as the kernel prints it, in lower case. */
  public static boolean isLowerHex(byte b) {
    return isDigit(b) || (b >= 'a' && b <= 'f');
  }

  public static boolean isLetter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }

  public static boolean startsWith(byte[] text, int start, int end, byte[] literal) {
    if (start < 0 || end - start < literal.length) {
      return false;
    }
    for (int i = 0; i < literal.length; i++) {
      if (text[start + i] != literal[i]) {
        return false;
      }
    }
    return true;
  }

  public static boolean is(byte[] text, int at, int end, char expected) {
    return at >= 0 && at < end && text[at] == expected;
  }

  /** Where the literal is first; -1 if nowhere. */
  public static int indexOf(byte[] text, int start, int end, byte[] literal) {
    char first = (char) (literal[0] & 0xff);
    int last = end - literal.length + 1;
    int i = indexOf(text, start, last, first);
    while (i >= 0 && !startsWith(text, i, end, literal)) {
      i = indexOf(text, i + 1, last, first);
    }
    return i;
  }

  /** Where the byte is first; -1 if nowhere. */
  public static int indexOf(byte[] text, int start, int end, char wanted) {
    long eightWanted = Words.repeat(wanted);
    int i = start;
    for (int last = end - Long.BYTES; i <= last; i += Long.BYTES) {
      long marks = Words.zeros(Words.eight(text, i) ^ eightWanted);
      if (marks != 0) {
        return i + Words.first(marks);
      }
    }
    for (; i < end; i++) {
      if ((text[i] & 0xff) == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** Where a quote, a backslash or a newline is first; {@code end} if nowhere. */
  public static int endOfPlainJson(byte[] text, int start, int end) {
    int i = start;
    for (int last = end - Long.BYTES; i <= last; i += Long.BYTES) {
      long word = Words.eight(text, i);
      long marks =
          Words.zeros(word ^ QUOTES)
              | Words.zeros(word ^ BACKSLASHES)
              | Words.zeros(word ^ NEWLINES);
      if (marks != 0) {
        return i + Words.first(marks);
      }
    }
    while (i < end && text[i] != '"' && text[i] != '\\' && text[i] != '\n') {
      i++;
    }
    return i;
  }

  public static int skipDigits(byte[] text, int start, int end) {
    int i = start;
    while (i < end && isDigit(text[i])) {
      i++;
    }
    return i;
  }

  public static int skipBlanks(byte[] text, int start, int end) {
    int i = start;
    while (i < end && text[i] == ' ') {
      i++;
    }
    return i;
  }

  /** Behind blanks and tabs. */
  public static int skipIndent(byte[] text, int start, int end) {
    int i = start;
    while (i < end && (text[i] == ' ' || text[i] == '\t')) {
      i++;
    }
    return i;
  }

  /** The first blank at or after {@code start}, or {@code end}. */
  public static int wordEnd(byte[] text, int start, int end) {
    if (start >= end) {
      return start;
    }
    int blank = indexOf(text, start, end, ' ');
    return blank < 0 ? end : blank;
  }

  /** The number that fills the range; -1 if it is none or is longer than a long. */
  public static long number(byte[] text, int start, int end) {
    if (start < 0 || end <= start || end - start > LONGEST_NUMBER) {
      return -1;
    }
    long value = 0;
    for (int i = start; i < end; i++) {
      if (!isDigit(text[i])) {
        return -1;
      }
      value = 10 * value + (text[i] - '0');
    }
    return value;
  }

  /** Exactly {@code count} digits at {@code start}; -1 if they are not there. */
  public static int digits(byte[] text, int start, int end, int count) {
    return end - start < count ? -1 : (int) number(text, start, start + count);
  }

  /** Digits after a decimal point as microseconds; what is finer is cut. */
  public static int fractionUs(byte[] text, int start, int end) {
    int us = 0;
    for (int i = 0; i < 6; i++) {
      us = 10 * us + (start + i < end ? text[start + i] - '0' : 0);
    }
    return us;
  }

  /** The value of a hexadecimal digit; -1 if it is none. */
  public static int hex(byte b) {
    if (isDigit(b)) {
      return b - '0';
    }
    int lower = b | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }
}

package io.oomstream.format.line;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Byte scans that the envelopes share; bounds are half open, nothing is allocated. */
public final class Ascii {

  /** More digits than this may not fit a long. */
  private static final int LONGEST_NUMBER = 18;

  /** Eight bytes of a text at a time, the first the lowest. */
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;

  private Ascii() {}

  public static byte[] literal(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  public static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
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

  public static int indexOf(byte[] text, int start, int end, char wanted) {
    long eightWanted = ONES * wanted;
    int i = start;
    for (int last = end - Long.BYTES; i <= last; i += Long.BYTES) {
      long marks = zeros((long) LONGS.get(text, i) ^ eightWanted);
      if (marks != 0) {
        return i + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
    }
    for (; i < end; i++) {
      if (text[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** Where a quote, a backslash or a newline is first; {@code end} if nowhere. */
  public static int endOfPlainJson(byte[] text, int start, int end) {
    int i = start;
    for (int last = end - Long.BYTES; i <= last; i += Long.BYTES) {
      long word = (long) LONGS.get(text, i);
      long marks = zeros(word ^ ONES * '"') | zeros(word ^ ONES * '\\') | zeros(word ^ ONES * '\n');
      if (marks != 0) {
        return i + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
    }
    while (i < end && text[i] != '"' && text[i] != '\\' && text[i] != '\n') {
      i++;
    }
    return i;
  }

  /** Marks the bytes that are zero by their highest bit; the lowest mark is right. */
  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGH;
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

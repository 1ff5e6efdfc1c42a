package io.oomstream.kernel;

import java.util.List;

/** Byte searches of the shapes. */
final class Bytes {

  private Bytes() {}

  static boolean startsWith(byte[] text, int start, int end, byte[] literal) {
    if (end - start < literal.length) {
      return false;
    }
    for (int i = 0; i < literal.length; i++) {
      if (text[start + i] != literal[i]) {
        return false;
      }
    }
    return true;
  }

  static int indexOf(byte[] text, int start, int end, byte[] literal) {
    int last = end - literal.length + 1;
    int i = indexOf(text, start, last, literal[0]);
    while (i >= 0 && !startsWith(text, i, end, literal)) {
      i = indexOf(text, i + 1, last, literal[0]);
    }
    return i;
  }

  /** Where the byte is first; -1 if nowhere. */
  static int indexOf(byte[] text, int start, int end, byte wanted) {
    long eightWanted = Words.repeat(wanted);
    int i = start;
    for (int last = end - Long.BYTES; i <= last; i += Long.BYTES) {
      long marks = Words.zeros(Words.eight(text, i) ^ eightWanted);
      if (marks != 0) {
        return i + Words.first(marks);
      }
    }
    for (; i < end; i++) {
      if (text[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  static boolean containsInOrder(
      byte[] text, int start, int end, List<byte[]> literals, int fromLiteral) {
    int from = start;
    for (int i = fromLiteral; i < literals.size(); i++) {
      int at = indexOf(text, from, end, literals.get(i));
      if (at < 0) {
        return false;
      }
      from = at + literals.get(i).length;
    }
    return true;
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  static boolean isHex(byte b) {
    return isDigit(b) || (b >= 'a' && b <= 'f');
  }

  static int skipDigits(byte[] text, int start, int end) {
    int i = start;
    while (i < end && isDigit(text[i])) {
      i++;
    }
    return i;
  }

  static int skipSpaces(byte[] text, int start, int end) {
    int i = start;
    while (i < end && text[i] == ' ') {
      i++;
    }
    return i;
  }
}

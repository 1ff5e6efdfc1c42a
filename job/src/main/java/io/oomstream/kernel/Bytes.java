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
    int last = end - literal.length;
    byte first = literal[0];
    for (int i = start; i <= last; i++) {
      if (text[i] == first && startsWith(text, i, end, literal)) {
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

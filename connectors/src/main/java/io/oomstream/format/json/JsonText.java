package io.oomstream.format.json;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.Scratch;

/** The content of JSON strings and byte arrays, into a scratch. */
final class JsonText {

  private static final int REPLACEMENT = 0xfffd;

  private JsonText() {}

  /** Unescapes the content of a string; false if an escape is invalid. */
  static boolean unescape(byte[] json, int start, int end, Scratch into) {
    int i = start;
    while (i < end) {
      byte b = json[i];
      if (b != '\\') {
        into.add(b);
        i++;
        continue;
      }
      if (i + 1 >= end) {
        return false;
      }
      if (json[i + 1] == 'u') {
        i = unicode(json, i, end, into);
        if (i < 0) {
          return false;
        }
      } else {
        int plain = plain(json[i + 1]);
        if (plain < 0) {
          return false;
        }
        into.add(plain);
        i += 2;
      }
    }
    return true;
  }

  private static int plain(byte escape) {
    return switch (escape) {
      case '"', '\\', '/' -> escape;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      default -> -1;
    };
  }

  /** Two surrogates are one character; a single one is replaced. */
  private static int unicode(byte[] json, int at, int end, Scratch into) {
    int unit = unit(json, at, end);
    if (unit < 0) {
      return -1;
    }
    if (unit < 0xd800 || unit > 0xdfff) {
      into.addUtf8(unit);
      return at + 6;
    }
    int low = unit < 0xdc00 ? unit(json, at + 6, end) : -1;
    if (low >= 0xdc00 && low <= 0xdfff) {
      into.addUtf8(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
      return at + 12;
    }
    into.addUtf8(REPLACEMENT);
    return at + 6;
  }

  /** The four digits of {@code \}{@code uXXXX}; -1 if there are none. */
  private static int unit(byte[] json, int at, int end) {
    if (at + 6 > end || json[at] != '\\' || json[at + 1] != 'u') {
      return -1;
    }
    int value = 0;
    for (int i = at + 2; i < at + 6; i++) {
      int digit = Ascii.hex(json[i]);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /** An array of bytes, {@code [77,101,109]}; false if it is anything else. */
  static boolean bytes(byte[] json, int start, int end, Scratch into) {
    int i = JsonScanner.skipSpace(json, start + 1);
    if (i == end - 1) {
      return true;
    }
    while (i < end) {
      int after = Ascii.skipDigits(json, i, end);
      long value = Ascii.number(json, i, after);
      if (value < 0 || value > 255) {
        return false;
      }
      into.add((int) value);
      i = JsonScanner.skipSpace(json, after);
      if (i == end - 1) {
        return true;
      }
      if (json[i] != ',') {
        return false;
      }
      i = JsonScanner.skipSpace(json, i + 1);
    }
    return false;
  }
}

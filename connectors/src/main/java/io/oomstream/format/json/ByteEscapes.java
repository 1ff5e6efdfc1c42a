package io.oomstream.format.json;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.Scratch;

/**
 * Bytes that a shipper could not write as UTF-8, each as {@code \xff} with two lower-case digits
 * (syslog-ng: {@code append_unsafe_utf8_as_escaped}).
 */
final class ByteEscapes {

  private static final int LENGTH = 4;

  private ByteEscapes() {}

  /** Unescapes the range; a run of escapes whose bytes are UTF-8 stays as it is. */
  static void unescape(byte[] text, int start, int end, Scratch into) {
    int i = start;
    while (i < end) {
      int runEnd = i;
      while (value(text, runEnd, end) >= 0) {
        runEnd += LENGTH;
      }
      if (runEnd == i) {
        into.add(text[i]);
        i++;
      } else if (isUtf8(text, i, runEnd)) {
        into.add(text, i, runEnd);
        i = runEnd;
      } else {
        for (; i < runEnd; i += LENGTH) {
          into.add(value(text, i, end));
        }
      }
    }
  }

  /** The byte from 0x80 on that is escaped here; -1 if none is. */
  private static int value(byte[] text, int at, int end) {
    if (at + LENGTH > end || text[at] != '\\' || text[at + 1] != 'x') {
      return -1;
    }
    int high = Ascii.hex(text[at + 2]);
    int low = Ascii.hex(text[at + 3]);
    boolean lower = text[at + 2] >= '8' && text[at + 3] >= '0' && !isUpper(text, at);
    return high < 8 || low < 0 || !lower ? -1 : high << 4 | low;
  }

  private static boolean isUpper(byte[] text, int at) {
    return (text[at + 2] >= 'A' && text[at + 2] <= 'F')
        || (text[at + 3] >= 'A' && text[at + 3] <= 'F');
  }

  private static boolean isUtf8(byte[] text, int start, int end) {
    int more = 0;
    for (int i = start; i < end; i += LENGTH) {
      int value = value(text, i, end);
      boolean continues = (value & 0xc0) == 0x80;
      if (continues != (more > 0)) {
        return false;
      }
      if (continues) {
        more--;
      } else if (value >= 0xf8 || value < 0xc2) {
        return false;
      } else {
        more = value >= 0xf0 ? 3 : value >= 0xe0 ? 2 : 1;
      }
    }
    return more == 0;
  }
}

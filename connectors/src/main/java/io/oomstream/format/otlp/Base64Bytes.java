package io.oomstream.format.otlp;

import io.oomstream.format.line.Scratch;
import java.util.Arrays;

/** Base64 into a scratch: the JDK's decoder would make an array of each value. */
final class Base64Bytes {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final int NONE = -1;
  private static final byte[] VALUES = new byte[128];

  static {
    Arrays.fill(VALUES, (byte) NONE);
    for (int i = 0; i < ALPHABET.length(); i++) {
      VALUES[ALPHABET.charAt(i)] = (byte) i;
    }
    VALUES['-'] = 62; // the alphabet for file names and URLs
    VALUES['_'] = 63;
  }

  private Base64Bytes() {}

  /** Decodes the text, with or without padding; false if it is anything else. */
  static boolean decode(byte[] text, int start, int end, Scratch into) {
    int last = end;
    while (last > start && end - last < 2 && text[last - 1] == '=') {
      last--;
    }
    int bits = 0;
    int count = 0;
    for (int i = start; i < last; i++) {
      int value = text[i] < 0 ? NONE : VALUES[text[i]];
      if (value < 0) {
        return false;
      }
      bits = bits << 6 | value;
      count += 6;
      if (count >= 8) {
        count -= 8;
        into.add(bits >> count);
      }
    }
    return (last - start) % 4 != 1;
  }
}

package io.oomstream.format.text;

import io.oomstream.bytes.Ascii;
import java.util.Arrays;

/** Text with colours, as {@code dmesg --color=always} writes it: each line begins with one. */
public final class ColouredText {

  public static final byte ESCAPE = 0x1b;

  private ColouredText() {}

  /** The text from there on without its colours: {@code ESC [ digits and ; m}. */
  public static byte[] plain(byte[] text, int start) {
    byte[] plain = new byte[text.length - start];
    int size = 0;
    int at = start;
    while (at < text.length) {
      int after = text[at] == ESCAPE ? colourEnd(text, at) : -1;
      if (after < 0) {
        plain[size++] = text[at++];
      } else {
        at = after;
      }
    }
    return Arrays.copyOf(plain, size);
  }

  private static int colourEnd(byte[] text, int start) {
    if (!Ascii.is(text, start + 1, text.length, '[')) {
      return -1;
    }
    int at = start + 2;
    while (at < text.length && (Ascii.isDigit(text[at]) || text[at] == ';')) {
      at++;
    }
    return Ascii.is(text, at, text.length, 'm') ? at + 1 : -1;
  }
}

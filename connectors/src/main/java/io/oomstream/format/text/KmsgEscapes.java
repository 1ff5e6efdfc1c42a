package io.oomstream.format.text;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.Scratch;

/**
 * The escapes of /dev/kmsg and netconsole: a byte that is not printable ASCII, and the backslash
 * itself, is written {@code \xNN} ({@code kernel/printk/printk.c: msg_add_ext_text}).
 */
public final class KmsgEscapes {

  private static final int LENGTH = 4;

  private KmsgEscapes() {}

  /** Unescapes; everything else stays as it is. One char is one byte. */
  public static String unescape(String latin1) {
    int at = latin1.indexOf('\\');
    if (at < 0) {
      return latin1;
    }
    StringBuilder text = new StringBuilder(latin1.length());
    int from = 0;
    while (at >= 0) {
      int value = valueAt(latin1, at);
      if (value < 0) {
        at = latin1.indexOf('\\', at + 1);
        continue;
      }
      text.append(latin1, from, at).append((char) value);
      from = at + LENGTH;
      at = latin1.indexOf('\\', from);
    }
    return text.append(latin1, from, latin1.length()).toString();
  }

  private static int valueAt(String text, int at) {
    if (at + LENGTH > text.length() || text.charAt(at + 1) != 'x') {
      return -1;
    }
    char high = text.charAt(at + 2);
    char low = text.charAt(at + 3);
    return high < 0x80 && low < 0x80 ? value((byte) high, (byte) low) : -1;
  }

  /** Unescapes the range into the scratch. */
  public static void unescape(byte[] text, int start, int end, Scratch into) {
    int i = start;
    while (i < end) {
      int value = -1;
      if (text[i] == '\\' && i + LENGTH <= end && text[i + 1] == 'x') {
        value = value(text[i + 2], text[i + 3]);
      }
      into.add(value < 0 ? text[i] : value);
      i += value < 0 ? 1 : LENGTH;
    }
  }

  private static int value(byte high, byte low) {
    int first = Ascii.hex(high);
    int second = Ascii.hex(low);
    return first < 0 || second < 0 ? -1 : first << 4 | second;
  }
}

package io.oomstream.cli.input.paste;

import java.util.ArrayList;
import java.util.List;

/**
 * Mail's encoding (RFC 2045, 6.7): {@code =3D} for a byte, {@code =} at the end of a line that goes
 * on. A text counts as encoded so where every {@code =} in it is one of these.
 */
final class QuotedPrintable {

  private static final int FEWEST = 4;

  private QuotedPrintable() {}

  static boolean is(List<LineRead> lines) {
    int signs = 0;
    int escapes = 0;
    int equals = 0;
    for (LineRead line : lines) {
      String text = line.text();
      for (int at = text.indexOf('='); at >= 0; at = text.indexOf('=', at + 1)) {
        signs++;
        boolean soft = at == text.length() - 1;
        boolean hex = value(text, at) >= 0;
        escapes += soft || hex ? 1 : 0;
        equals += hex && value(text, at) == '=' ? 1 : 0;
      }
    }
    return signs >= FEWEST && equals > 0 && escapes * 20 >= signs * 19;
  }

  static List<LineRead> decode(List<LineRead> lines) {
    List<LineRead> decoded = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    long number = -1;
    for (LineRead line : lines) {
      number = number < 0 ? line.number() : number;
      boolean soft = line.text().endsWith("=");
      decode(soft ? line.text().substring(0, line.text().length() - 1) : line.text(), text);
      if (!soft) {
        decoded.add(new LineRead(number, text.toString(), 0, null));
        text.setLength(0);
        number = -1;
      }
    }
    if (text.length() > 0) {
      decoded.add(new LineRead(number, text.toString(), 0, null));
    }
    return decoded;
  }

  private static void decode(String text, StringBuilder into) {
    for (int i = 0; i < text.length(); i++) {
      int value = text.charAt(i) == '=' ? value(text, i) : -1;
      into.append(value < 0 ? text.charAt(i) : (char) value);
      i += value < 0 ? 0 : 2;
    }
  }

  private static int value(String text, int at) {
    if (at + 3 > text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at + 1), 16);
    int low = Character.digit(text.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : 16 * high + low;
  }
}

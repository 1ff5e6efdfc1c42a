package io.oomstream.cli.report;

import java.util.ArrayList;
import java.util.List;

/** Text on a terminal: how wide it is there, and where a line may end. */
public final class Columns {

  /** Marks that do not begin a line. */
  private static final String CLOSING = ",.;:!?)]、。\uff0c\uff1b\uff1a\uff01\uff1f\uff09」";

  /** Marks that do not end one. */
  private static final String OPENING = "([「\uff08";

  private Columns() {}

  /** Chinese and its like take two columns. */
  public static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      width += widthOf(point);
      i += Character.charCount(point);
    }
    return width;
  }

  private static int widthOf(int point) {
    boolean wide =
        (point >= 0x1100 && point <= 0x115f)
            || (point >= 0x2e80 && point <= 0xa4cf)
            || (point >= 0xac00 && point <= 0xd7a3)
            || (point >= 0xf900 && point <= 0xfaff)
            || (point >= 0xfe30 && point <= 0xfe6f)
            || (point >= 0xff00 && point <= 0xff60)
            || (point >= 0xffe0 && point <= 0xffe6)
            || (point >= 0x1f300 && point <= 0x1faff)
            || (point >= 0x20000 && point <= 0x3fffd);
    return wide ? 2 : 1;
  }

  /** The text on lines of at most so many columns; a word longer than a line is cut. */
  public static List<String> wrap(String text, int columns) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = fit(text, start, columns);
      if (end < text.length()) {
        int cut = lastBreak(text, start, end);
        end = cut > start ? cut : end;
      }
      lines.add(text.substring(start, end).stripTrailing());
      start = end;
      while (start < text.length() && text.charAt(start) == ' ') {
        start++;
      }
    }
    return lines;
  }

  /** Where the text no longer fits. */
  private static int fit(String text, int start, int columns) {
    int width = 0;
    int i = start;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      width += widthOf(point);
      if (width > columns) {
        return i == start ? i + Character.charCount(point) : i;
      }
      i += Character.charCount(point);
    }
    return i;
  }

  /** The last place up to {@code end} where a line may end; {@code start} if there is none. */
  private static int lastBreak(String text, int start, int end) {
    for (int i = end; i > start; i--) {
      if (mayBreak(text, i)) {
        return i;
      }
    }
    return start;
  }

  private static boolean mayBreak(String text, int at) {
    char before = text.charAt(at - 1);
    if (at >= text.length()) {
      return true;
    }
    char next = text.charAt(at);
    if (next == ' ' || before == ' ') {
      // A figure keeps its unit.
      char last = before == ' ' && at > 1 ? text.charAt(at - 2) : before;
      char first = next == ' ' && at + 1 < text.length() ? text.charAt(at + 1) : next;
      boolean unit = Character.isDigit(last) && (first == '%' || isUnit(text, at, first));
      return !unit;
    }
    boolean wide = widthOf(before) == 2 || widthOf(next) == 2;
    return wide && CLOSING.indexOf(next) < 0 && OPENING.indexOf(before) < 0;
  }

  private static boolean isUnit(String text, int at, char first) {
    int from = text.charAt(at) == ' ' ? at + 1 : at;
    boolean binary = "KMGTPE".indexOf(first) >= 0 && text.startsWith("iB", from + 1);
    return binary || (first == 'B' && (from + 1 == text.length() || !isLetter(text, from + 1)));
  }

  private static boolean isLetter(String text, int at) {
    return Character.isLetterOrDigit(text.charAt(at));
  }
}

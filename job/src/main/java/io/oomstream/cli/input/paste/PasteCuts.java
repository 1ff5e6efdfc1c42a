package io.oomstream.cli.input.paste;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines that a pager cut at the width of its window, with {@code >} in the last column: the mark
 * becomes one that no name ends with.
 */
final class PasteCuts {

  private static final int FEWEST = 2;

  /** U+2026 in UTF-8. */
  private static final String ELLIPSIS = "\u00e2\u0080\u00a6";

  private PasteCuts() {}

  static List<LineRead> marked(LineRead.Reader reader, List<LineRead> lines) {
    int width = 0;
    int cut = 0;
    for (LineRead line : lines) {
      int length = line.text().length();
      boolean ends = line.text().endsWith(">");
      cut = length > width ? (ends ? 1 : 0) : cut + (length == width && ends ? 1 : 0);
      width = Math.max(width, length);
    }
    if (cut < FEWEST) {
      return lines;
    }
    List<LineRead> out = new ArrayList<>(lines.size());
    for (LineRead line : lines) {
      String text = line.text();
      boolean is = text.length() == width && text.endsWith(">");
      out.add(is ? reader.read(line.number(), text.substring(0, width - 1) + ELLIPSIS) : line);
    }
    return out;
  }
}

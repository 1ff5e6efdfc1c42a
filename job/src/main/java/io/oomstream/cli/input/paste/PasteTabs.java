package io.oomstream.cli.input.paste;

import java.util.regex.Pattern;

/** Blanks that an editor or a terminal turned into tabs: wide enough to reach the same column. */
final class PasteTabs {

  private static final int WIDTH = 8;

  /** The task table's head and rows, divided by tabs. */
  private static final Pattern TABLE =
      Pattern.compile("\\[[ 0-9]*\\][- 0-9]*\\t[- 0-9\\t]*[^\\t]*|\\[ *pid *\\].*\\t.*");

  private PasteTabs() {}

  static LineRead expanded(LineRead.Reader reader, LineRead line) {
    String text = line.text();
    if (text.indexOf('\t') <= 0) {
      return line;
    }
    boolean table = line.rule() != null && TABLE.matcher(line.body()).matches();
    if (line.rule() != null && !table) {
      return line;
    }
    LineRead wide = reader.read(line.number(), expanded(text));
    return wide.rule() == null ? line : wide;
  }

  private static String expanded(String text) {
    StringBuilder out = new StringBuilder(text.length() + WIDTH);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      do {
        out.append(c == '\t' ? ' ' : c);
      } while (c == '\t' && out.length() % WIDTH != 0);
    }
    return out.toString();
  }
}

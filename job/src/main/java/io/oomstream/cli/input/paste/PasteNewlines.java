package io.oomstream.cli.input.paste;

import java.util.ArrayList;
import java.util.List;

/**
 * A newline within a record that rsyslog ({@code #012}) or a viewer wrote out: each part becomes a
 * line with the record's head. Behind it the kernel goes on with a blank or, in memory.stat, with a
 * small letter; else it may be part of a name.
 */
final class PasteNewlines {

  private static final String NEWLINE = "#012";

  private PasteNewlines() {}

  static List<LineRead> restored(List<LineRead> lines) {
    List<LineRead> out = new ArrayList<>(lines.size());
    for (LineRead line : lines) {
      if (line.text().indexOf('#') < 0 || line.text().startsWith("{")) {
        out.add(line);
      } else {
        split(line, out);
      }
    }
    return out;
  }

  private static void split(LineRead line, List<LineRead> out) {
    int head = Math.min(line.head(), line.text().length());
    String prefix = line.text().substring(0, head);
    String body = line.text().substring(head);
    int from = 0;
    int at = body.indexOf(NEWLINE);
    while (at >= 0) {
      if (goesOn(body, at + NEWLINE.length())) {
        out.add(new LineRead(line.number(), prefix + body.substring(from, at), head, line.rule()));
        from = at + NEWLINE.length();
      }
      at = body.indexOf(NEWLINE, at + 1);
    }
    out.add(new LineRead(line.number(), prefix + body.substring(from), head, line.rule()));
  }

  private static boolean goesOn(String text, int at) {
    return at < text.length()
        && (text.charAt(at) == ' ' || (text.charAt(at) >= 'a' && text.charAt(at) <= 'z'));
  }
}

package io.oomstream.cli.input.paste;

import java.util.ArrayList;
import java.util.List;

/**
 * What a paste puts before every line: quotes, indentation, grep's line numbers. What the lines of
 * a report share is the paste's; the kernel's own indentation is what is left.
 */
final class PasteIndent {

  private static final int FEWEST_QUOTED = 3;
  private static final int FEWEST_NUMBERED = 2;

  private final LineRead.Reader reader;

  PasteIndent(LineRead.Reader reader) {
    this.reader = reader;
  }

  List<LineRead> removed(List<LineRead> lines) {
    return unindented(unnumbered(unquoted(lines)));
  }

  /** Lines in a row that all begin with {@code >}, however often. */
  private List<LineRead> unquoted(List<LineRead> lines) {
    List<LineRead> out = new ArrayList<>(lines);
    for (int from = 0; from < out.size(); ) {
      int to = from;
      while (to < out.size() && isQuoted(out.get(to).text())) {
        to++;
      }
      for (int i = from; i < to && to - from >= FEWEST_QUOTED; i++) {
        out.set(i, reader.read(out.get(i).number(), unquoted(out.get(i).text())));
      }
      from = Math.max(to, from + 1);
    }
    return out;
  }

  private static boolean isQuoted(String text) {
    String bare = text.substring(KernelText.indentOf(text).length());
    return bare.startsWith(">") || bare.startsWith("| ");
  }

  private static String unquoted(String text) {
    int i = KernelText.indentOf(text).length();
    while (i < text.length() && (text.charAt(i) == '>' || text.startsWith("| ", i))) {
      i++;
      i += i < text.length() && text.charAt(i) == ' ' ? 1 : 0;
    }
    return text.substring(i);
  }

  /** {@code grep -n}, {@code grep -H} and the like: {@code 12:}, {@code messages-12-}. */
  private List<LineRead> unnumbered(List<LineRead> lines) {
    List<LineRead> out = new ArrayList<>(lines);
    for (int from = 0; from < out.size(); ) {
      int to = from;
      long last = -1;
      while (to < out.size() && follows(numberOf(out.get(to)), last)) {
        last = numberOf(out.get(to));
        to++;
      }
      for (int i = from; i < to && to - from >= FEWEST_NUMBERED; i++) {
        LineRead line = out.get(i);
        out.set(i, reader.read(line.number(), line.text().substring(numberEnd(line.text()))));
      }
      from = Math.max(to, from + 1);
    }
    return out;
  }

  private static boolean follows(long number, long last) {
    return number >= 0 && (last < 0 || number == last + 1);
  }

  /** Only of lines that nothing else tells. */
  private static long numberOf(LineRead line) {
    int end = line.isHeaded() ? -1 : numberEnd(line.text());
    if (end < 0) {
      return -1;
    }
    String digits = line.text().substring(0, end).replaceAll("[^0-9]", " ").strip();
    return Long.parseLong(digits.substring(digits.lastIndexOf(' ') + 1));
  }

  /** Behind the number and what divides it from the line; -1 if there is none. */
  private static int numberEnd(String text) {
    int i = KernelText.indentOf(text).length();
    int from = i;
    while (i < text.length() && Character.isDigit(text.charAt(i))) {
      i++;
    }
    if (i == from || i - from > 9 || i >= text.length()) {
      return -1;
    }
    char c = text.charAt(i);
    if (c == ':' || c == '-' || c == '\t') {
      return i + 1;
    }
    return text.startsWith(" | ", i) ? i + 3 : -1;
  }

  private List<LineRead> unindented(List<LineRead> lines) {
    List<LineRead> out = new ArrayList<>(lines);
    boolean[] done = new boolean[out.size()];
    for (int i = 0; i < out.size(); i++) {
      LineRead line = out.get(i);
      String indent = KernelText.indentOf(line.text());
      if (done[i] || indent.isEmpty() || line.isBlank()) {
        continue;
      }
      LineRead bare = reader.read(line.number(), line.text().substring(indent.length()));
      if (bare.isHeaded()) {
        out.set(i, bare);
        done[i] = true;
      } else if (bare.isStrong()) {
        strip(out, done, i, indent);
      }
    }
    return out;
  }

  /** From all neighbours that have it. */
  private void strip(List<LineRead> lines, boolean[] done, int at, String indent) {
    int from = at;
    while (from > 0 && !done[from - 1] && has(lines.get(from - 1), indent)) {
      from--;
    }
    int to = at;
    while (to < lines.size() && !done[to] && has(lines.get(to), indent)) {
      to++;
    }
    for (int i = from; i < to; i++) {
      LineRead line = lines.get(i);
      if (!line.isBlank()) {
        lines.set(i, reader.read(line.number(), line.text().substring(indent.length())));
      }
      done[i] = true;
    }
  }

  private static boolean has(LineRead line, String indent) {
    return line.isBlank() || line.text().startsWith(indent);
  }
}

package io.oomstream.cli.input.paste;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Heads of lines that came to harm: a serial console's program wrote before the stamp, or the
 * selection began within the first.
 */
final class PasteHeads {

  /** {@code kernel/printk/printk.c: print_time}: seconds padded to five, six places behind. */
  private static final Pattern STAMP = Pattern.compile("\\[ *[0-9]+\\.[0-9]{6}\\]");

  /** What is left of a stamp: {@code 205755] }, {@code 74.205755] }. */
  private static final Pattern REST_OF_STAMP = Pattern.compile("^[ 0-9]*\\.?[0-9]{1,6}\\] ");

  /** What is left of a syslog's head: {@code 12 host kernel: }, {@code :12 kernel: }. */
  private static final Pattern REST_OF_HEAD = Pattern.compile("^.{0,60}?\\bkernel: ");

  /** {@code TASK_COMM_LEN} less the zero at its end. */
  private static final int LONGEST_NAME = 15;

  private final LineRead.Reader reader;

  PasteHeads(LineRead.Reader reader) {
    this.reader = reader;
  }

  List<LineRead> mended(List<LineRead> lines) {
    int headed = 0;
    for (LineRead line : lines) {
      headed += line.isHeaded() ? 1 : 0;
    }
    if (headed < 2) {
      return lines;
    }
    List<LineRead> out = new ArrayList<>(lines.size());
    boolean all = headed * 2 > lines.size();
    for (LineRead line : lines) {
      out.add(line.isHeaded() || line.isBlank() ? line : behindProgram(line, all));
    }
    for (int i = out.size() - 2; i >= 0; i--) {
      LineRead line = out.get(i);
      boolean first = i == 0 || !out.get(i - 1).isHeaded();
      if (first && !line.isHeaded() && out.get(i + 1).isHeaded()) {
        out.set(i, completed(line, out.get(i + 1)));
      }
    }
    return out;
  }

  /** {@code Creating journal: [ 34.739137] text}: from the stamp on. */
  private LineRead behindProgram(LineRead line, boolean all) {
    Matcher stamp = STAMP.matcher(line.text());
    if (!stamp.find() || stamp.start() == 0) {
      return line;
    }
    LineRead bare = reader.read(line.number(), line.text().substring(stamp.start()));
    // A process may be named like a stamp, but not with a program's sentence before it, and not
    // where all other lines have a stamp and this one would have none.
    boolean mayBeName =
        !all && line.isStrong() && (stamp.start() <= LONGEST_NAME || !bare.isStrong());
    return bare.isHeaded() && !mayBeName ? bare : line;
  }

  /** With the head of the next line, if what is left of its own is none of its text. */
  private LineRead completed(LineRead line, LineRead next) {
    if (next.head() > next.text().length()) {
      return line;
    }
    String text = line.text();
    Matcher stamp = REST_OF_STAMP.matcher(text);
    Matcher head = REST_OF_HEAD.matcher(text);
    String body = stamp.find() ? text.substring(stamp.end()) : text;
    body = head.find() ? text.substring(head.end()) : body;
    LineRead whole = reader.read(line.number(), next.text().substring(0, next.head()) + body);
    return whole.isHeaded() && whole.isStrong() ? whole : line;
  }
}

package io.oomstream.cli.input.paste;

import io.oomstream.kernel.LineRule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lines that mail or a terminal broke at its width. A piece is joined where only the join fits the
 * grammar: it has no head of its own where its neighbours have one, the line before reaches the
 * width, and the two together are a line of the kernel's.
 */
final class PasteWrap {

  /** Wider texts were not wrapped: the kernel's longest lines have some 150 columns and more. */
  private static final int WIDEST = 140;

  private static final int NARROWEST = 40;
  private static final int FEWEST_HANGING = 3;
  private static final int MOST_PIECES = 8;

  /** Blanks that make any column of the task table wide enough. */
  private static final String COLUMN = " ".repeat(14);

  private static final Pattern NUMBERS_ONLY = Pattern.compile("\\[ *\\d+\\](?: +-?\\d+)+ *");

  private final LineRead.Reader reader;

  PasteWrap(LineRead.Reader reader) {
    this.reader = reader;
  }

  List<LineRead> joined(List<LineRead> lines) {
    boolean kernel = false;
    for (LineRead line : lines) {
      kernel |= line.isStrong();
    }
    int width = kernel ? widthOf(lines) : 0;
    if (width == 0) {
      return lines;
    }
    boolean hard = isHard(lines, width);
    int hang = hard ? hangOf(lines, width) : 0;
    List<LineRead> out = new ArrayList<>(lines.size());
    int lastPiece = 0;
    for (int i = 0; i < lines.size(); i++) {
      LineRead line = lines.get(i);
      LineRead before = out.isEmpty() ? null : out.get(out.size() - 1);
      boolean piece =
          before != null && (mayGoOn(lastPiece, line, width) || isHalfRow(before, line));
      LineRead bare = piece && hang > 0 ? piece(line, hang) : line;
      int lost = hard ? Math.max(0, width - lastPiece) : -1;
      lastPiece = line.text().stripTrailing().length();
      LineRead whole = before == null || !piece ? null : whole(before, bare, lost);
      if (before != null && piece && whole == null && before.rule() == null) {
        // Only several pieces together may be a line that the grammar knows.
        LineRead begin = glued(before, bare, lost);
        int last = lastPiece;
        int at = i + 1;
        while (whole == null
            && at < lines.size()
            && at - i < MOST_PIECES
            && mayGoOn(last, lines.get(at), width)) {
          LineRead next = hang > 0 ? piece(lines.get(at), hang) : lines.get(at);
          int more = hard ? Math.max(0, width - last) : -1;
          whole = whole(begin, next, more);
          begin = glued(begin, next, more);
          last = lines.get(at).text().stripTrailing().length();
          at++;
        }
        if (whole != null) {
          i = at - 1;
          lastPiece = last;
        }
      }
      if (whole == null) {
        out.add(line);
      } else {
        out.set(out.size() - 1, whole);
      }
    }
    return out;
  }

  /** How far a terminal or an editor indents what goes on: 0 if it does not. */
  private static int hangOf(List<LineRead> lines, int width) {
    int hang = Integer.MAX_VALUE;
    int pieces = 0;
    for (int i = 0; i + 1 < lines.size(); i++) {
      LineRead next = lines.get(i + 1);
      if (lines.get(i).text().length() == width && mayGoOn(width, next, width)) {
        hang = Math.min(hang, KernelText.indentOf(next.text()).length());
        pieces++;
      }
    }
    return pieces < FEWEST_HANGING ? 0 : hang;
  }

  private LineRead piece(LineRead line, int hang) {
    int from = Math.min(hang, KernelText.indentOf(line.text()).length());
    return reader.read(line.number(), line.text().substring(from));
  }

  private LineRead glued(LineRead before, LineRead next, int lost) {
    boolean hard = lost >= 0;
    String glue = hard ? " ".repeat(lost) : " ";
    String piece = hard ? next.text() : next.text().strip();
    return reader.read(before.number(), before.text().stripTrailing() + glue + piece);
  }

  /**
   * The narrowest width at which the text can have been broken: what is longer is one word. 0 if it
   * was not.
   */
  private static int widthOf(List<LineRead> lines) {
    int width = NARROWEST;
    while (width <= WIDEST) {
      int needed = width;
      for (LineRead line : lines) {
        String text = line.text().stripTrailing();
        int from = KernelText.indentOf(text).length();
        int blank = text.indexOf(' ', from);
        if (text.length() > width && blank >= 0 && blank <= width) {
          needed = Math.max(needed, text.length());
        }
      }
      if (needed == width) {
        return width;
      }
      width = needed;
    }
    return 0;
  }

  /** A terminal breaks at its last column, mail at a blank before it. */
  private static boolean isHard(List<LineRead> lines, int width) {
    int pairs = 0;
    int full = 0;
    boolean blank = false;
    for (int i = 0; i + 1 < lines.size(); i++) {
      int length = lines.get(i).text().stripTrailing().length();
      LineRead next = lines.get(i + 1);
      if (mayGoOn(length, next, width)) {
        blank |= next.text().startsWith(" ");
        // Rows are all of one width, wherever they were broken.
        boolean row = NUMBERS_ONLY.matcher(lines.get(i).body()).matches();
        pairs += row ? 0 : 1;
        full += !row && length == width ? 1 : 0;
      }
    }
    // Mail's pieces begin with a word: the blank was where it was broken.
    return pairs == 0 ? blank : full * 3 > pairs * 2;
  }

  private static boolean mayGoOn(int length, LineRead next, int width) {
    if (next.isBlank() || next.isHeaded() || next.rule() == LineRule.ELIDED) {
      return false;
    }
    String text = next.text().strip();
    int blank = text.indexOf(' ');
    int word = blank < 0 ? text.length() : blank;
    return length == width || length + 1 + word > width;
  }

  /** A row of the task table ends with a name, wherever it was broken. */
  private static boolean isHalfRow(LineRead before, LineRead next) {
    return NUMBERS_ONLY.matcher(before.body()).matches()
        && !next.isBlank()
        && !next.isHeaded()
        && !next.isStrong();
  }

  /** The two as one line; null if they are none. */
  private @Nullable LineRead whole(LineRead before, LineRead next, int lost) {
    LineRule own = before.rule();
    if (next.isStrong() && own != null && !NUMBERS_ONLY.matcher(before.body()).matches()) {
      return null;
    }
    boolean digits = lost >= 0 && isFigure(next.text());
    if (own != null && !digits && KernelText.isWhole(own, before.body().stripTrailing())) {
      return null;
    }
    String glue = lost >= 0 ? " ".repeat(lost) : " ";
    String piece = lost >= 0 ? next.text() : next.text().strip();
    if (lost < 0 && isFigure(piece) && NUMBERS_ONLY.matcher(before.body()).matches()) {
      glue = COLUMN;
    }
    if (own == LineRule.SUMMARY) {
      glue = ""; // its only blanks are those of a name
    }
    String text = before.text().stripTrailing();
    LineRead whole = reader.read(before.number(), text + glue + piece);
    if (whole.rule() == null && lost >= 0) {
      whole = reader.read(before.number(), text + " " + piece.strip());
    }
    boolean fits = whole.rule() != null && (whole.isStrong() || own != null);
    return fits && (own == null || !own.equals(LineRule.KILLED) || isOfKill(piece)) ? whole : null;
  }

  private static boolean isFigure(String piece) {
    return !piece.isEmpty() && (Character.isDigit(piece.charAt(0)) || piece.charAt(0) == '-');
  }

  /** Behind a kill stand figures. */
  private static boolean isOfKill(String piece) {
    return piece.indexOf(':') > 0 || piece.contains("kB") || piece.contains(")");
  }
}

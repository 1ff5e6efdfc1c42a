package io.oomstream.cli.text;

import io.oomstream.cli.report.Columns;
import io.oomstream.diagnosis.context.Messages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A note of labelled parts that is kept short: where it grows too long, the parts that say least
 * give up lines, in the order of their rank. Its last line says which did.
 */
final class Note {

  private static final int LABEL = 12;

  /** A part with what is left of it. */
  private static final class Part {
    private final String label;
    private final List<String> lines;
    private final int whole;

    /** Lines that stay whatever happens. */
    private final int least;

    /** The lowest gives up first. */
    private final int rank;

    /** Each line stands by itself. */
    private final boolean items;

    /** The first line says nothing without the others. */
    private final boolean headed;

    Part(String label, List<String> lines, int least, int rank, boolean items, boolean headed) {
      this.label = label;
      this.lines = new ArrayList<>(lines);
      this.whole = lines.size();
      this.least = least;
      this.rank = rank;
      this.items = items;
      this.headed = headed;
    }

    void shortenTo(int most) {
      if (lines.size() > most) {
        lines.subList(most, lines.size()).clear();
        if (!items && !lines.isEmpty()) {
          lines.set(most - 1, upToComma(lines.get(most - 1)));
        }
      }
      if (lines.size() == 1 && headed) {
        lines.clear();
      }
    }
  }

  private final int most;
  private final int columns;
  private final Paint paint;
  private final Messages words;
  private final List<Part> parts = new ArrayList<>();

  /** A note of so many lines at most, its headline too. */
  Note(int most, TextStyle style, Messages words) {
    this.most = most;
    this.columns = style.columns();
    this.paint = style.paint();
    this.words = words;
  }

  /** A part of one text, on so many lines at most. */
  void text(String label, @Nullable String text, int lines, int least, int rank) {
    if (text != null && !text.isEmpty()) {
      add(new Part(label, Columns.wrap(text, columns - LABEL), least, rank, false, false), lines);
    }
  }

  /** A part of lines that must not be wrapped, the first of them their heads. */
  void table(String label, List<String> lines, int rank) {
    add(new Part(label, lines, 0, rank, true, true), Integer.MAX_VALUE);
  }

  /** A part of several texts, each beginning a line, on so many lines at most. */
  void list(String label, List<String> texts, int lines, int least, int rank) {
    List<String> wrapped = new ArrayList<>();
    texts.forEach(text -> wrapped.addAll(Columns.wrap(text, columns - LABEL)));
    add(new Part(label, wrapped, least, rank, true, false), lines);
  }

  private void add(Part part, int lines) {
    if (part.whole > 0) {
      part.shortenTo(lines);
      parts.add(part);
    }
  }

  /** The line without the list's item that its end cuts off. */
  private static String upToComma(String line) {
    int open = 0;
    int cut = -1;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      open += c == '(' || c == '\uff08' ? 1 : c == ')' || c == '\uff09' ? -1 : 0;
      if (open == 0 && (c == ',' || c == '、' || c == '\uff0c')) {
        cut = i;
      }
    }
    return cut > 0 ? line.substring(0, cut) : line;
  }

  /** The note, each line with its end. */
  String render(String headline) {
    List<String> head = Columns.wrap(headline, columns);
    while (head.size() + lines() + leftOut().size() > most && giveUp()) {
      continue;
    }
    StringBuilder out = new StringBuilder();
    head.forEach(line -> out.append(paint.headline(line)).append('\n'));
    for (Part part : parts) {
      labelled(part.label, part.lines, paint, out);
    }
    labelled(words.text("report.label.left-out"), leftOut(), paint, out);
    return out.toString();
  }

  private static void labelled(String text, List<String> lines, Paint paint, StringBuilder out) {
    for (int i = 0; i < lines.size(); i++) {
      String label = i == 0 ? text : "";
      out.append("  ").append(paint.label(label));
      out.append(" ".repeat(Math.max(1, LABEL - 2 - Columns.width(label))));
      out.append(lines.get(i)).append('\n');
    }
  }

  private int lines() {
    return parts.stream().mapToInt(p -> p.lines.size()).sum();
  }

  /** What was given up, in words; empty if nothing was. */
  private List<String> leftOut() {
    List<String> names = new ArrayList<>();
    for (Part part : parts) {
      int lost = part.whole - part.lines.size();
      if (lost > 0) {
        names.add(words.text("card.left-out.part", "part", part.label, "count", lost));
      }
    }
    return names.isEmpty()
        ? List.of()
        : Columns.wrap(
            words.text("card.left-out", "parts", String.join(words.text("list.separator"), names)),
            columns - LABEL);
  }

  private boolean giveUp() {
    Part least = null;
    for (Part part : parts) {
      if (part.lines.size() > part.least && (least == null || part.rank < least.rank)) {
        least = part;
      }
    }
    if (least == null) {
      return false;
    }
    least.shortenTo(least.lines.size() - 1);
    return true;
  }
}

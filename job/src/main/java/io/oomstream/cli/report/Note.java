package io.oomstream.cli.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A note of labelled parts that is kept short: where it grows too long, the parts that say least
 * give up lines, in the order of their rank.
 */
public final class Note {

  /** Columns of a line. */
  public static final int WIDTH = 100;

  private static final int LABEL = 12;

  /**
   * A part.
   *
   * @param lines wrapped
   * @param least lines that stay whatever happens
   * @param rank the lowest gives up first
   * @param items each line stands by itself
   * @param headed the first line says nothing without the others
   */
  private record Part(
      String label, List<String> lines, int least, int rank, boolean items, boolean headed) {}

  private final int most;
  private final List<Part> parts = new ArrayList<>();

  /** A note of so many lines at most, its headline too. */
  Note(int most) {
    this.most = most;
  }

  /** A part of one text, on so many lines at most. */
  void text(String label, @Nullable String text, int lines, int least, int rank) {
    if (text != null && !text.isEmpty()) {
      List<String> wrapped = Columns.wrap(text, WIDTH - LABEL);
      add(label, shortened(wrapped, lines), least, rank, false, false);
    }
  }

  /** A part of lines that must not be wrapped, the first of them their heads. */
  void table(String label, List<String> lines, int rank) {
    add(label, lines, 0, rank, true, true);
  }

  /** A part of several texts, each beginning a line. */
  void list(String label, List<String> texts, int least, int rank) {
    List<String> wrapped = new ArrayList<>();
    texts.forEach(text -> wrapped.addAll(Columns.wrap(text, WIDTH - LABEL)));
    add(label, wrapped, least, rank, true, false);
  }

  private void add(
      String label, List<String> lines, int least, int rank, boolean items, boolean headed) {
    if (!lines.isEmpty()) {
      parts.add(new Part(label, new ArrayList<>(lines), least, rank, items, headed));
    }
  }

  private static List<String> shortened(List<String> lines, int most) {
    if (lines.size() <= most) {
      return lines;
    }
    List<String> kept = new ArrayList<>(lines.subList(0, most));
    kept.set(most - 1, upToComma(kept.get(most - 1)));
    return kept;
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
    List<String> head = Columns.wrap(headline, WIDTH);
    int lines = head.size() + parts.stream().mapToInt(p -> p.lines().size()).sum();
    while (lines > most && giveUp()) {
      lines--;
    }
    StringBuilder out = new StringBuilder();
    head.forEach(line -> out.append(line).append('\n'));
    for (Part part : parts) {
      for (int i = 0; i < part.lines().size(); i++) {
        String label = i == 0 ? part.label() : "";
        out.append("  ").append(label);
        out.append(" ".repeat(Math.max(1, LABEL - 2 - Columns.width(label))));
        out.append(part.lines().get(i)).append('\n');
      }
    }
    return out.toString();
  }

  private boolean giveUp() {
    Part least = null;
    for (Part part : parts) {
      if (part.lines().size() > part.least() && (least == null || part.rank() < least.rank())) {
        least = part;
      }
    }
    if (least == null) {
      return false;
    }
    List<String> left = least.lines();
    left.remove(left.size() - 1);
    if (left.isEmpty() || (left.size() == 1 && least.headed())) {
      parts.remove(least);
    } else if (!least.items()) {
      left.set(left.size() - 1, upToComma(left.get(left.size() - 1)));
    }
    return true;
  }
}

package io.oomstream.cli.text;

import io.oomstream.cli.report.Columns;
import io.oomstream.cli.report.EventNode;
import io.oomstream.cli.report.FigureText;
import io.oomstream.diagnosis.context.Messages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The top of an event's task table as cells of text. */
final class TaskTableText {

  private static final List<String> COLUMNS =
      List.of("pid", "rss", "swap", "page-tables", "adj", "name");
  private static final int FIRST = 8;
  private static final int WIDTH = 12;

  private TaskTableText() {}

  /**
   * A row.
   *
   * @param cells as many as there are columns; empty for what is absent
   */
  record Row(List<String> cells, boolean victim) {}

  /** The columns' heads. */
  static List<String> heads(Messages words) {
    return COLUMNS.stream().map(c -> words.text("report.column." + c)).toList();
  }

  /** The first rows, the victim's always among them; the events have them sorted. */
  static List<Row> of(EventNode data, int limit) {
    Long victim = data.at("victim").number("pid");
    List<Row> rows = new ArrayList<>();
    boolean shown = false;
    for (EventNode task : data.at("tasks").items("rows")) {
      Long pid = task.number("pid");
      boolean isVictim = pid != null && pid.equals(victim);
      if (rows.size() >= limit && (shown || !isVictim)) {
        continue;
      }
      if (rows.size() >= limit) {
        rows.remove(limit - 1);
      }
      shown |= isVictim;
      rows.add(
          new Row(
              List.of(
                  orEmpty(task.text("pid")),
                  orEmpty(FigureText.bytes(task.number("rssBytes"))),
                  orEmpty(FigureText.bytes(task.number("swapBytes"))),
                  orEmpty(FigureText.bytes(task.number("pageTableBytes"))),
                  orEmpty(task.text("oomScoreAdj")),
                  orEmpty(task.text("comm"))),
              isVictim));
    }
    return rows;
  }

  /** Heads and rows in columns; empty where there are no rows. */
  static List<String> lines(EventNode data, int limit, Messages words) {
    List<Row> rows = of(data, limit);
    if (rows.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    Long count = data.at("tasks").number("count");
    String some =
        count == null || count <= rows.size() ? "" : words.text("report.rows-of", "count", count);
    lines.add(line(heads(words), some));
    for (Row row : rows) {
      lines.add(line(row.cells(), row.victim() ? words.text("report.column.killed") : ""));
    }
    return lines;
  }

  private static String line(List<String> cells, String mark) {
    StringBuilder line = new StringBuilder();
    int last = cells.size() - 1;
    for (int i = 0; i < last; i++) {
      int width = i == 0 ? FIRST : WIDTH;
      String cell = cells.get(i);
      line.append(" ".repeat(Math.max(0, width - Columns.width(cell)))).append(cell);
    }
    line.append("  ").append(cells.get(last));
    return mark.isEmpty() ? line.toString() : line + "  " + mark;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}

package io.oomstream.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The top of an event's task table as cells of text. */
final class TaskTable {

  static final List<String> COLUMNS = List.of("pid", "rss", "swap", "page tables", "adj", "name");

  private TaskTable() {}

  /**
   * A row.
   *
   * @param cells as many as there are columns; empty for what is absent
   */
  record Row(List<String> cells, boolean victim) {}

  /** The first rows; the events have them sorted. */
  static List<Row> of(EventNode data, int limit) {
    Long victim = data.at("victim").number("pid");
    List<Row> rows = new ArrayList<>();
    for (EventNode task : data.at("tasks").items("rows")) {
      if (rows.size() == limit) {
        break;
      }
      Long pid = task.number("pid");
      rows.add(
          new Row(
              List.of(
                  orEmpty(task.text("pid")),
                  orEmpty(Figures.bytes(task.number("rssBytes"))),
                  orEmpty(Figures.bytes(task.number("swapBytes"))),
                  orEmpty(Figures.bytes(task.number("pageTableBytes"))),
                  orEmpty(task.text("oomScoreAdj")),
                  orEmpty(task.text("comm"))),
              pid != null && pid.equals(victim)));
    }
    return rows;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}

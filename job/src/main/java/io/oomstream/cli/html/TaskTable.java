package io.oomstream.cli.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.cli.report.EventNode;
import io.oomstream.cli.report.Incident;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All tasks of a block. The first rows are in the page, all are in its JSON for the script. */
final class TaskTable {

  /** A column: its words' key, and its field in the events. */
  private record Column(String key, String field, boolean bytes) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("pid", "pid", false),
          new Column("name", "comm", false),
          new Column("rss", "rssBytes", true),
          new Column("swap", "swapBytes", true),
          new Column("pt", "pageTableBytes", true),
          new Column("anon", "anonRssBytes", true),
          new Column("file", "fileRssBytes", true),
          new Column("shmem", "shmemRssBytes", true),
          new Column("vm", "totalVmBytes", true),
          new Column("adj", "oomScoreAdj", false),
          new Column("uid", "uid", false));

  /** Rows that are there without the script. */
  static final int PLAIN = 30;

  private static final int FAMILIES = 15;

  private final HtmlWriter out;
  private final PageWords words;

  TaskTable(HtmlWriter out, PageWords words) {
    this.out = out;
    this.words = words;
  }

  void write(Incident incident) {
    EventNode tasks = incident.section("tasks");
    List<EventNode> rows = tasks.items("rows");
    if (rows.isEmpty()) {
      return;
    }
    Set<Long> killed = new HashSet<>();
    for (EventNode kill : incident.kills()) {
      Long pid = kill.at("data").at("victim").number("pid");
      if (pid != null) {
        killed.add(pid);
      }
    }
    Long count = tasks.number("count");
    long all = count == null ? rows.size() : Math.max(count, rows.size());
    out.raw("<details class=\"tasks\" open><summary><h3>").text(words.text("tasks"));
    out.raw("</h3> <span>").text(words.text("tasks.count", "count", all));
    out.raw("</span></summary>\n");
    if (all > rows.size()) {
      out.element("p", words.text("tasks.cut", "shown", rows.size(), "count", all));
    }
    if (rows.size() > PLAIN) {
      out.raw("<p class=\"plain\">");
      out.text(words.text("tasks.shown", "shown", PLAIN, "count", rows.size())).raw("</p>\n");
    }
    families(TaskFamilies.of(rows));
    // Older kernels have no figures for some columns.
    List<Column> columns =
        COLUMNS.stream()
            .filter(c -> !c.bytes() || rows.stream().anyMatch(r -> r.number(c.field()) != null))
            .toList();
    table(incident, rows, columns, killed);
    explain(columns);
    json(incident, rows, columns, killed);
    out.raw("</details>\n");
  }

  private void table(
      Incident incident, List<EventNode> rows, List<Column> columns, Set<Long> killed) {
    out.raw("<div class=\"tools\" hidden><label>").text(words.text("tasks.filter"));
    out.raw(" <input type=\"search\" autocomplete=\"off\" spellcheck=\"false\"></label> ");
    out.raw("<output aria-live=\"polite\"></output></div>\n");
    out.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    out.text(words.text("tasks")).raw("\"><table class=\"tasktable\" data-rows=\"");
    out.raw("tasks-" + incident.anchor() + "\" data-killed=\"").text(words.text("tasks.killed"));
    out.raw("\" data-more=\"").text(words.text("tasks.more")).raw("\">\n<thead><tr>");
    for (Column column : columns) {
      out.raw(
          column.field().equals("comm") ? "<th scope=\"col\"" : "<th scope=\"col\" class=\"n\"");
      out.raw(" title=\"").text(words.text("about." + column.key())).raw("\">");
      out.text(words.text("col." + column.key())).raw("</th>");
    }
    out.raw("</tr></thead>\n<tbody>\n");
    for (EventNode row : rows.subList(0, Math.min(PLAIN, rows.size()))) {
      Long pid = row.number("pid");
      boolean victim = pid != null && killed.contains(pid);
      out.raw(victim ? "<tr class=\"loud\">" : "<tr>");
      for (Column column : columns) {
        cell(row, column, victim);
      }
      out.raw("</tr>\n");
    }
    out.raw("</tbody></table></div>\n");
  }

  private void cell(EventNode row, Column column, boolean victim) {
    if (column.field().equals("comm")) {
      out.raw("<td>").text(row.text("comm"));
      if (victim) {
        out.raw(" <mark>").text(words.text("tasks.killed")).raw("</mark>");
      }
      out.raw("</td>");
      return;
    }
    Long value = row.number(column.field());
    out.raw("<td class=\"n\">").text(shown(value, column)).raw("</td>");
  }

  private static String shown(@Nullable Long value, Column column) {
    if (value == null) {
      return "";
    }
    return column.bytes() ? PageWords.bytes(value) : String.valueOf(value);
  }

  private void families(List<TaskFamilies.Family> families) {
    if (families.isEmpty()) {
      return;
    }
    out.raw("<details class=\"families\"><summary><h4>").text(words.text("families"));
    out.raw("</h4></summary>").element("p", words.text("families.about"));
    out.raw("<div class=\"scroll\" tabindex=\"0\"><table class=\"sortable\"><thead><tr>");
    out.raw("<th scope=\"col\">").text(words.text("col.name")).raw("</th>");
    for (String head : List.of("families.count", "col.rss", "col.swap", "col.pt")) {
      out.raw("<th scope=\"col\" class=\"n\">").text(words.text(head)).raw("</th>");
    }
    out.raw("</tr></thead><tbody>\n");
    for (TaskFamilies.Family family : families.subList(0, Math.min(FAMILIES, families.size()))) {
      out.raw("<tr><td>").text(family.name()).raw("</td>");
      number(family.count(), String.valueOf(family.count()));
      number(family.rss(), PageWords.bytes(family.rss()));
      number(family.swap(), PageWords.bytes(family.swap()));
      number(family.pageTables(), PageWords.bytes(family.pageTables()));
      out.raw("</tr>\n");
    }
    out.raw("</tbody></table></div>");
    if (families.size() > FAMILIES) {
      List<TaskFamilies.Family> rest = families.subList(FAMILIES, families.size());
      long tasks = rest.stream().mapToLong(TaskFamilies.Family::count).sum();
      double rss = rest.stream().mapToDouble(TaskFamilies.Family::rss).sum();
      out.element(
          "p",
          words.text(
              "families.rest",
              "count",
              rest.size(),
              "tasks",
              tasks,
              "bytes",
              PageWords.bytes((long) rss)));
    }
    out.raw("</details>\n");
  }

  private void number(long value, String shown) {
    out.raw("<td class=\"n\" data-v=\"" + value + "\">").text(shown).raw("</td>");
  }

  private void explain(List<Column> columns) {
    out.raw("<details><summary>").text(words.text("tasks.explain")).raw("</summary><dl>\n");
    for (Column column : columns) {
      out.element("dt", words.text("col." + column.key()));
      out.element("dd", words.text("about." + column.key())).raw("\n");
    }
    out.raw("</dl></details>\n");
  }

  private void json(
      Incident incident, List<EventNode> rows, List<Column> columns, Set<Long> killed) {
    ObjectNode table = JsonNodeFactory.instance.objectNode();
    ArrayNode victims = table.putArray("killed");
    killed.stream().sorted().forEach(victims::add);
    ArrayNode bytes = table.putArray("bytes");
    columns.forEach(column -> bytes.add(column.bytes()));
    ArrayNode all = table.putArray("rows");
    for (EventNode row : rows) {
      ArrayNode cells = all.addArray();
      for (Column column : columns) {
        if (column.field().equals("comm")) {
          cells.add(row.text("comm"));
        } else {
          cells.add(row.number(column.field()));
        }
      }
    }
    out.raw("<script type=\"application/json\" id=\"tasks-" + incident.anchor() + "\">");
    out.raw(ScriptJson.of(table)).raw("</script>\n");
  }
}

package io.oomstream.cli.html;

import io.oomstream.cli.report.Alike;
import io.oomstream.cli.report.EventNode;
import io.oomstream.cli.report.HtmlFacts;
import io.oomstream.cli.report.Incident;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All incidents of a page: those that are alike in a row, when they happened, a table to filter.
 */
final class KillIndex {

  /** Rows of what is alike. */
  private static final int KINDS = 12;

  /**
   * A column of text.
   *
   * @param key of its words
   * @param filter what the script filters by, null for nothing
   */
  private record Column(
      String key, String style, @Nullable String filter, Function<Incident, String> text) {}

  private final HtmlWriter out;
  private final PageWords words;
  private final List<Column> columns;

  KillIndex(HtmlWriter out, PageWords words) {
    this.out = out;
    this.words = words;
    this.columns =
        List.of(
            new Column("where", "path", "host", i -> words.host(i.data())),
            new Column("killed", "path", null, i -> IncidentCard.who(i, words)),
            new Column("index.cause", "", "cause", i -> IncidentCard.title(i, words)),
            new Column("index.workload", "path", "workload", KillIndex::workload),
            new Column("whose", "path", null, this::whose));
  }

  void write(List<Incident> incidents, List<EventNode> signals) {
    out.raw("<section class=\"card\" id=\"index\"><h2>").text(words.text("index"));
    out.raw("</h2>\n");
    kinds(incidents, signals);
    new Timeline(out, words, incidents).write(incidents, signals);
    filters();
    List<Column> shown = new ArrayList<>(columns);
    shown.removeIf(column -> isSame(column, incidents));
    same(incidents);
    out.raw("<div class=\"scroll tall\" tabindex=\"0\" role=\"region\" aria-label=\"");
    out.text(words.text("index")).raw("\"><table class=\"sortable\" id=\"kills\">");
    out.raw("<thead><tr><th scope=\"col\" class=\"n\">#</th><th scope=\"col\">");
    out.text(words.text("when")).raw("</th>");
    for (Column column : shown) {
      out.raw("<th scope=\"col\">").text(words.text(column.key())).raw("</th>");
    }
    out.raw("<th scope=\"col\" class=\"n\">").text(words.text("index.memory"));
    out.raw("</th></tr></thead><tbody>\n");
    incidents.forEach(incident -> row(incident, shown));
    out.raw("</tbody></table></div></section>\n");
  }

  /** The answer for many: what happened how often, and what to do first. */
  private void kinds(List<Incident> incidents, List<EventNode> signals) {
    List<Incident> kills = incidents.stream().filter(i -> !i.kills().isEmpty()).toList();
    List<Alike> kinds = new ArrayList<>(Alike.of(kills, false, signals, words.messages()));
    kinds.sort(Comparator.comparingInt(kind -> -kind.kills()));
    if (kinds.isEmpty() || kinds.size() == incidents.size()) {
      return;
    }
    boolean hosts = kinds.stream().anyMatch(k -> !k.hosts().equals(kinds.get(0).hosts()));
    out.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    out.text(words.text("kinds")).raw("\"><table class=\"kinds\"><thead><tr>");
    for (String head : List.of("killed", "index.cause", "whose", "first")) {
      out.raw("<th scope=\"col\">").text(words.text(head)).raw("</th>");
    }
    out.raw(hosts ? "<th scope=\"col\">" : "").text(hosts ? words.text("where") : null);
    out.raw(hosts ? "</th>" : "").raw("</tr></thead><tbody>\n");
    for (Alike kind : kinds.subList(0, Math.min(KINDS, kinds.size()))) {
      List<String> steps = kind.first().data().at("cause").texts("advice");
      out.raw("<tr><td><a href=\"#" + kind.first().anchor() + "\">");
      out.text(kind.who(words.messages())).raw("</a></td><td><b>");
      out.text(IncidentCard.title(kind.first(), words)).raw("</b></td><td class=\"path\">");
      out.text(whose(kind.first())).raw("</td>").cell(steps.isEmpty() ? null : steps.get(0));
      out.raw(hosts ? "<td class=\"path\">" : "");
      out.text(hosts ? kind.where(words.messages()) : null).raw(hosts ? "</td>" : "");
      out.raw("</tr>\n");
    }
    out.raw("</tbody></table></div>\n");
    int rest = kinds.stream().skip(KINDS).mapToInt(Alike::kills).sum();
    if (rest > 0) {
      out.element("p", words.text("kinds.rest", "count", rest)).raw("\n");
    }
  }

  private void filters() {
    out.raw("<div class=\"tools\" id=\"filters\" hidden data-any=\"").text(words.text("index.any"));
    out.raw("\"><label>").text(words.text("index.search"));
    out.raw(" <input type=\"search\" autocomplete=\"off\"></label> ");
    for (Column column : columns) {
      if (column.filter() != null) {
        out.raw("<label>").text(words.text(column.key()));
        out.raw(" <select data-by=\"" + column.filter() + "\"></select></label> ");
      }
    }
    out.raw("<output aria-live=\"polite\"></output></div>\n");
  }

  /** What would be the same in each row is said once. */
  private void same(List<Incident> incidents) {
    List<String> facts = new ArrayList<>();
    for (Column column : columns) {
      String text = column.text().apply(incidents.get(0));
      if (isSame(column, incidents) && !text.isEmpty()) {
        facts.add(words.text("index.same", "name", words.text(column.key()), "text", text));
      }
    }
    if (!facts.isEmpty()) {
      out.raw("<p class=\"same\">").text(words.text("index.all"));
      facts.forEach(fact -> out.raw(" <span>").text(fact).raw("</span>"));
      out.raw("</p>\n");
    }
  }

  private static boolean isSame(Column column, List<Incident> incidents) {
    Set<String> texts = new HashSet<>();
    incidents.forEach(incident -> texts.add(column.text().apply(incident)));
    return texts.size() == 1;
  }

  private void row(Incident incident, List<Column> shown) {
    double rss = 0;
    boolean known = false;
    for (EventNode kill : incident.kills()) {
      Long one = kill.at("data").at("victim").number("rssBytes");
      rss += one == null ? 0 : one;
      known |= one != null;
    }
    out.raw("<tr");
    for (Column column : columns) {
      if (column.filter() != null) {
        out.raw(" data-" + column.filter() + "=\"").text(column.text().apply(incident)).raw("\"");
      }
    }
    out.raw("><td class=\"n\"><a href=\"#" + incident.anchor() + "\">");
    out.raw(incident.number() + "</a></td><td class=\"at\">");
    out.text(HtmlFacts.when(incident.data(), words.messages())).raw("</td>");
    for (Column column : shown) {
      out.raw(column.style().isEmpty() ? "<td>" : "<td class=\"" + column.style() + "\">");
      out.text(column.text().apply(incident)).raw("</td>");
    }
    out.raw("<td class=\"n\" data-v=\"" + (known ? (long) rss : -1) + "\">");
    out.text(known ? PageWords.bytes((long) rss) : "").raw("</td></tr>\n");
  }

  private static String workload(Incident incident) {
    String workload = incident.data().at("workload").text("key");
    return workload == null ? "" : workload;
  }

  private String whose(Incident incident) {
    return incident.kills().isEmpty()
        ? ""
        : HtmlFacts.shortLimit(incident.data(), words.messages());
  }
}

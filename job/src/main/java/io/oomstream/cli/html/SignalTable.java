package io.oomstream.cli.html;

import io.oomstream.cli.report.EventNode;
import io.oomstream.cli.report.HtmlFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The signals: of an episode the last, which knows most, and how many there were. */
final class SignalTable {

  /** A table of more rows scrolls by itself. */
  private static final int TALL = 20;

  private final HtmlWriter out;
  private final PageWords words;

  SignalTable(HtmlWriter out, PageWords words) {
    this.out = out;
    this.words = words;
  }

  /** Of each episode the last signal, in the order of the first ones; and all that are alone. */
  static List<EventNode> lastOfEach(List<EventNode> signals) {
    Map<String, EventNode> last = new LinkedHashMap<>();
    for (int i = 0; i < signals.size(); i++) {
      String episode = signals.get(i).at("data").at("episode").text("id");
      last.put(episode == null ? "signal " + i : episode, signals.get(i));
    }
    return new ArrayList<>(last.values());
  }

  void write(List<EventNode> signals) {
    if (signals.isEmpty()) {
      return;
    }
    Map<String, Integer> counts = new HashMap<>();
    for (EventNode signal : signals) {
      String episode = signal.at("data").at("episode").text("id");
      counts.merge(episode == null ? "" : episode, 1, Integer::sum);
    }
    List<EventNode> rows = lastOfEach(signals);
    out.raw("<section class=\"card\"><h2>").text(words.text("signals")).raw("</h2>\n");
    if (rows.size() < signals.size()) {
      out.element("p", words.text("signals.folded", "rows", rows.size(), "count", signals.size()));
    }
    out.raw(rows.size() > TALL ? "<div class=\"scroll tall\"" : "<div class=\"scroll\"");
    out.raw(" tabindex=\"0\" role=\"region\" aria-label=\"").text(words.text("signals"));
    out.raw("\"><table class=\"sortable signals\">\n<thead><tr>");
    for (String column :
        List.of("signal.severity", "signal.kind", "where", "when", "signal.subject")) {
      out.raw("<th scope=\"col\">").text(words.text(column)).raw("</th>");
    }
    out.raw("<th scope=\"col\">").text(words.text("signal.measured")).raw("</th>");
    out.raw("<th scope=\"col\">").text(words.text("signal.summary"));
    out.raw("</th></tr></thead>\n<tbody>\n");
    for (EventNode event : rows) {
      EventNode data = event.at("data");
      String episode = data.at("episode").text("id");
      row(data, episode == null ? 1 : counts.getOrDefault(episode, 1));
    }
    out.raw("</tbody></table></div></section>\n");
  }

  private void row(EventNode data, int signals) {
    HtmlFacts.Signal signal = HtmlFacts.signal(data, words.messages());
    out.raw("CRITICAL".equals(signal.severity()) ? "<tr class=\"loud\">" : "<tr>")
        .cell(signal.severity())
        .cell(signal.kind())
        .raw("<td class=\"path\">")
        .text(signal.host())
        .raw("</td><td class=\"at\">")
        .text(signal.when())
        .raw("</td><td class=\"path\">")
        .text(signal.subject())
        .raw("</td>")
        .cell(signal.measured())
        .raw("<td>")
        .text(signal.summary());
    forecast(data.at("forecast"));
    if (signals > 1) {
      out.raw(" <small>").text(words.text("signal.last", "count", signals)).raw("</small>");
    }
    out.raw("</td></tr>\n");
  }

  private void forecast(EventNode forecast) {
    String limit = forecast.text("limit");
    String at = forecast.text("at");
    if (limit != null && at != null) {
      out.raw(" ").text(words.text("signal.forecast", "limit", limit, "at", at));
    }
  }
}

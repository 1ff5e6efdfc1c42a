package io.oomstream.cli.html;

import io.oomstream.cli.report.EventNode;
import io.oomstream.cli.report.HtmlFacts;
import io.oomstream.cli.report.Incident;
import io.oomstream.diagnosis.context.Messages;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All incidents of a page: a table to filter, and when they happened. */
final class KillIndex {

  /** Hosts with a line of their own in the picture. */
  private static final int LANES = 12;

  private static final int LANE = 26;

  private final HtmlWriter out;
  private final PageWords words;
  private final Messages messages;

  KillIndex(HtmlWriter out, PageWords words) {
    this.out = out;
    this.words = words;
    this.messages = words.messages();
  }

  void write(List<Incident> incidents) {
    out.raw("<section class=\"card\" id=\"index\"><h2>").text(words.text("index"));
    out.raw("</h2>\n");
    timeline(incidents);
    out.raw("<div class=\"tools\" id=\"filters\" hidden data-any=\"").text(words.text("index.any"));
    out.raw("\"><label>").text(words.text("index.search"));
    out.raw(" <input type=\"search\" autocomplete=\"off\"></label> ");
    select("host", "where");
    select("cause", "index.cause");
    select("workload", "index.workload");
    out.raw("<output aria-live=\"polite\"></output></div>\n");
    out.raw("<div class=\"scroll tall\" tabindex=\"0\"><table class=\"sortable\" id=\"kills\">");
    out.raw("<thead><tr><th scope=\"col\" class=\"n\">#</th>");
    for (String head :
        List.of("when", "where", "killed", "index.cause", "index.workload", "whose")) {
      out.raw("<th scope=\"col\">").text(words.text(head)).raw("</th>");
    }
    out.raw("<th scope=\"col\" class=\"n\">").text(words.text("index.memory"));
    out.raw("</th></tr></thead><tbody>\n");
    incidents.forEach(this::row);
    out.raw("</tbody></table></div></section>\n");
  }

  private void select(String name, String label) {
    out.raw("<label>").text(words.text(label)).raw(" <select data-by=\"" + name);
    out.raw("\"></select></label> ");
  }

  private void row(Incident incident) {
    EventNode data = incident.data();
    String host = host(data);
    String cause = IncidentCard.title(incident, words);
    String workload = data.at("workload").text("key");
    double rss = 0;
    boolean known = false;
    for (EventNode kill : incident.kills()) {
      Long one = kill.at("data").at("victim").number("rssBytes");
      rss += one == null ? 0 : one;
      known |= one != null;
    }
    out.raw("<tr data-host=\"").text(host).raw("\" data-cause=\"").text(cause);
    out.raw("\" data-workload=\"").text(workload).raw("\"><td class=\"n\"><a href=\"#");
    out.raw(incident.anchor() + "\">" + incident.number() + "</a></td>");
    out.cell(HtmlFacts.when(data, messages)).cell(host);
    out.cell(IncidentCard.who(incident, words)).cell(cause);
    out.raw("<td class=\"path\">").text(workload).raw("</td>");
    out.raw("<td class=\"path\">");
    out.text(incident.kills().isEmpty() ? null : HtmlFacts.shortLimit(data, messages)).raw("</td>");
    out.raw("<td class=\"n\" data-v=\"" + (known ? (long) rss : -1) + "\">");
    out.text(known ? PageWords.bytes((long) rss) : "").raw("</td></tr>\n");
  }

  private String host(EventNode data) {
    String host = HtmlFacts.host(data);
    return host == null ? words.text("unnamed-host") : host;
  }

  /** Milliseconds of the wall clock, or since boot where no event has a wall clock. */
  static @Nullable Long timeOf(EventNode data, boolean wall) {
    Long us = data.number("kernelTimeUs");
    if (!wall) {
      return us == null ? null : Long.valueOf(us / 1000);
    }
    String time = data.text("time");
    try {
      return time == null ? null : Long.valueOf(Instant.parse(time).toEpochMilli());
    } catch (DateTimeParseException | ArithmeticException notATime) {
      return null;
    }
  }

  private void timeline(List<Incident> incidents) {
    boolean wall = incidents.stream().anyMatch(i -> i.data().text("time") != null);
    Map<String, Map<Incident, Long>> lanes = new TreeMap<>();
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    int untimed = 0;
    for (Incident incident : incidents) {
      Long at = timeOf(incident.data(), wall);
      if (at == null) {
        untimed++;
        continue;
      }
      from = Math.min(from, at);
      to = Math.max(to, at);
      lanes.computeIfAbsent(host(incident.data()), h -> new LinkedHashMap<>()).put(incident, at);
    }
    if (from >= to) {
      return;
    }
    int shown = Math.min(LANES, lanes.size());
    out.raw("<figure class=\"time\"><figcaption>").text(words.text("timeline"));
    out.raw(" <small>").text(range(incidents, wall, from, to)).raw("</small></figcaption>\n");
    out.raw("<svg width=\"100%\" height=\"" + (shown * LANE) + "\" role=\"group\" aria-label=\"");
    out.text(words.text("timeline")).raw("\">");
    int lane = 0;
    for (Map.Entry<String, Map<Incident, Long>> entry : lanes.entrySet()) {
      if (lane == shown) {
        break;
      }
      int y = lane * LANE + LANE - 8;
      out.raw("<line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"" + y + "\" y2=\"" + y + "\"/>");
      if (lanes.size() > 1) {
        out.raw("<text x=\"0\" y=\"" + (y - 6) + "\">").text(entry.getKey()).raw("</text>");
      }
      long first = from;
      double span = (double) to - from;
      entry.getValue().forEach((incident, at) -> dot(incident, (at - first) / span, y));
      lane++;
    }
    out.raw("</svg>");
    if (lanes.size() > shown) {
      out.element("p", words.text("timeline.rest", "count", lanes.size() - shown));
    }
    if (untimed > 0) {
      out.element("p", words.text("timeline.untimed", "count", untimed));
    }
    out.raw("</figure>\n");
  }

  private String range(List<Incident> incidents, boolean wall, long from, long to) {
    String first = "";
    String last = "";
    for (Incident incident : incidents) {
      Long at = timeOf(incident.data(), wall);
      String when = HtmlFacts.when(incident.data(), messages);
      if (at != null && when != null) {
        first = at == from && first.isEmpty() ? when : first;
        last = at == to ? when : last;
      }
    }
    return words.text("growth.range", "from", first, "to", last);
  }

  private void dot(Incident incident, double share, int y) {
    String kind = incident.data().at("cause").text("primary");
    int colour = Math.floorMod(kind == null ? 7 : kind.hashCode(), 8);
    out.raw("<a href=\"#" + incident.anchor() + "\" aria-label=\"");
    out.text(incident.number() + ". " + IncidentCard.who(incident, words)).raw("\"><circle cx=\"");
    out.raw(Figures.coordinate(1 + share * 98) + "%\" cy=\"" + y + "\" r=\"6\" class=\"c" + colour);
    out.raw("\"><title>").text(incident.number() + ". " + IncidentCard.who(incident, words) + ": ");
    out.text(IncidentCard.title(incident, words)).raw("</title></circle></a>");
  }
}

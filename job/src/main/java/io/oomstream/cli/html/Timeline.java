package io.oomstream.cli.html;

import io.oomstream.cli.report.EventNode;
import io.oomstream.cli.report.HtmlFacts;
import io.oomstream.cli.report.Incident;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When the kills happened: a lane for each host, a dot for each kill, a band for each episode. */
final class Timeline {

  /** Hosts with a lane. */
  private static final int LANES = 12;

  private static final int LANE = 24;

  private record Lane(String host, Map<Incident, Long> kills, List<Band> bands) {}

  private record Band(long from, long to, String kind, String about) {}

  private final HtmlWriter out;
  private final PageWords words;
  private final boolean wall;
  private long from = Long.MAX_VALUE;
  private long to = Long.MIN_VALUE;

  Timeline(HtmlWriter out, PageWords words, List<Incident> incidents) {
    this.out = out;
    this.words = words;
    this.wall = incidents.stream().anyMatch(i -> i.data().text("time") != null);
  }

  /** Milliseconds of the wall clock, or since boot where no event has a wall clock. */
  static @Nullable Long timeOf(EventNode data, boolean wall) {
    return wall ? wall(data.text("time")) : boot(data.number("kernelTimeUs"));
  }

  private static @Nullable Long wall(@Nullable String time) {
    try {
      return time == null ? null : Long.valueOf(Instant.parse(time).toEpochMilli());
    } catch (DateTimeParseException | ArithmeticException notATime) {
      return null;
    }
  }

  private static @Nullable Long boot(@Nullable Long us) {
    return us == null ? null : Long.valueOf(us / 1000);
  }

  /** Nothing is drawn of less than two times. */
  void write(List<Incident> incidents, List<EventNode> signals) {
    Map<String, Lane> lanes = new LinkedHashMap<>();
    int untimed = 0;
    for (Incident incident : incidents) {
      Long at = timeOf(incident.data(), wall);
      if (at == null) {
        untimed++;
        continue;
      }
      from = Math.min(from, at);
      to = Math.max(to, at);
      String host = words.host(incident.data());
      lanes
          .computeIfAbsent(host, h -> new Lane(h, new LinkedHashMap<>(), new ArrayList<>()))
          .kills()
          .put(incident, at);
    }
    if (from >= to) {
      return;
    }
    for (EventNode signal : SignalTable.lastOfEach(signals)) {
      band(signal.at("data"), lanes);
    }
    List<Lane> most = new ArrayList<>(lanes.values());
    most.sort(Comparator.comparingInt((Lane l) -> -l.kills().size()).thenComparing(Lane::host));
    out.raw("<figure class=\"time\"><figcaption>").text(words.text("timeline")).raw(" <small>");
    out.text(range(incidents)).raw("</small></figcaption>\n<div role=\"group\" aria-label=\"");
    out.text(words.text("timeline")).raw("\">\n");
    boolean named = most.size() > 1;
    most.stream().limit(LANES).forEach(lane -> lane(lane, named));
    out.raw("</div>");
    legend(most.subList(0, Math.min(LANES, most.size())));
    if (most.size() > LANES) {
      out.element("p", words.text("timeline.rest", "count", most.size() - LANES));
    }
    if (untimed > 0) {
      out.element("p", words.text("timeline.untimed", "count", untimed));
    }
    out.raw("</figure>\n");
  }

  private void band(EventNode data, Map<String, Lane> lanes) {
    EventNode window = data.at("window");
    Long begin = wall ? wall(window.text("start")) : boot(window.number("startKernelTimeUs"));
    Long end = wall ? wall(window.text("end")) : boot(window.number("endKernelTimeUs"));
    Lane lane = data.at("host").isPresent() ? lanes.get(words.host(data)) : null;
    String kind = data.text("kind");
    String about = data.text("summary");
    if (lane != null && begin != null && end != null && end > begin && kind != null) {
      lane.bands().add(new Band(begin, end, kind, about == null ? "" : about));
    }
  }

  private void lane(Lane lane, boolean named) {
    out.raw(named ? "<div class=\"lane\"><span>" : "<div class=\"lane alone\">");
    if (named) {
      out.text(lane.host()).raw("</span>");
    }
    out.raw("<svg width=\"100%\" height=\"" + LANE + "\">");
    for (Band band : lane.bands()) {
      double begin = x(Math.max(from, band.from()));
      double end = x(Math.min(to, band.to()));
      out.raw("<rect class=\"band\" x=\"" + Figures.coordinate(begin) + "%\" y=\"4\" width=\"");
      out.raw(Figures.coordinate(Math.max(0.3, end - begin)) + "%\" height=\"16\"><title>");
      out.text(band.kind() + ": " + band.about()).raw("</title></rect>");
    }
    out.raw("<line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"12\" y2=\"12\"/>");
    lane.kills().forEach(this::dot);
    out.raw("</svg></div>\n");
  }

  private double x(long time) {
    return 1 + (double) (time - from) / ((double) to - from) * 98;
  }

  private void dot(Incident incident, long time) {
    String who = incident.number() + ". " + IncidentCard.who(incident, words);
    out.raw("<a href=\"#" + incident.anchor() + "\" aria-label=\"")
        .text(who)
        .raw("\"><circle cx=\"");
    out.raw(Figures.coordinate(x(time)) + "%\" cy=\"12\" r=\"6\" class=\"c" + colour(incident));
    out.raw("\"><title>").text(who + ": ").text(IncidentCard.title(incident, words));
    out.raw("</title></circle></a>");
  }

  /** The same for the same cause, on every page. */
  private static int colour(Incident incident) {
    String kind = incident.data().at("cause").text("primary");
    return Math.floorMod(kind == null ? 7 : kind.hashCode(), 8);
  }

  private void legend(List<Lane> lanes) {
    Map<String, Integer> colours = new LinkedHashMap<>();
    for (Lane lane : lanes) {
      lane.kills()
          .keySet()
          .forEach(kill -> colours.putIfAbsent(IncidentCard.title(kill, words), colour(kill)));
    }
    boolean bands = lanes.stream().anyMatch(lane -> !lane.bands().isEmpty());
    out.raw("<ul class=\"legend\">");
    colours.forEach((title, colour) -> key("c" + colour, title));
    if (bands) {
      key("band", words.text("timeline.episode"));
    }
    out.raw("</ul>");
  }

  private void key(String style, String title) {
    out.raw("<li><svg class=\"dot\" aria-hidden=\"true\"><rect class=\"" + style);
    out.raw("\" width=\"100%\" height=\"100%\"/></svg>").text(title).raw("</li>");
  }

  private String range(List<Incident> incidents) {
    String first = "";
    String last = "";
    for (Incident incident : incidents) {
      Long at = timeOf(incident.data(), wall);
      String when = HtmlFacts.when(incident.data(), words.messages());
      if (at != null && when != null) {
        first = at == from && first.isEmpty() ? when : first;
        last = at == to ? when : last;
      }
    }
    return words.text("growth.range", "from", first, "to", last);
  }
}

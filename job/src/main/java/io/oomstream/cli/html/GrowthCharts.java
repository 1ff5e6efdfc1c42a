package io.oomstream.cli.html;

import io.oomstream.cli.report.EventNode;
import io.oomstream.cli.report.HtmlFacts;
import io.oomstream.cli.report.Incident;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.Messages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the memory of a machine changed from report to report, where there are some. */
final class GrowthCharts {

  private static final int LEAST_POINTS = 3;
  private static final int LINES = 5;
  private static final int CHARTS = 6;

  /** A share that never gets this big is no line, and if none changes by so much, no chart. */
  private static final double LEAST_SHARE = 0.02;

  private record Point(long time, String when, Map<String, Double> shares) {}

  private final HtmlWriter out;
  private final PageWords words;
  private final Messages messages;

  GrowthCharts(HtmlWriter out, PageWords words) {
    this.out = out;
    this.words = words;
    this.messages = words.messages();
  }

  void write(List<Incident> incidents) {
    boolean wall = incidents.stream().anyMatch(i -> i.data().text("time") != null);
    Map<String, List<Point>> hosts = new TreeMap<>();
    for (Incident incident : incidents) {
      EventNode data = incident.block().isPresent() ? incident.block() : incident.data();
      Long time = KillIndex.timeOf(data, wall);
      if (time == null || !data.at("memory").at("accounting").isPresent()) {
        continue;
      }
      Map<String, Double> shares = new LinkedHashMap<>();
      HtmlFacts.shares(data, messages).forEach(s -> shares.put(s.label(), s.share()));
      String host = HtmlFacts.host(data);
      String when = HtmlFacts.when(data, messages);
      hosts
          .computeIfAbsent(host == null ? words.text("unnamed-host") : host, h -> new ArrayList<>())
          .add(new Point(time, when == null ? "" : when, shares));
    }
    hosts.values().forEach(points -> points.sort((a, b) -> Long.compare(a.time(), b.time())));
    hosts
        .values()
        .removeIf(points -> points.size() < LEAST_POINTS || span(points) <= 0 || !changes(points));
    if (hosts.isEmpty()) {
      return;
    }
    out.raw("<section class=\"card\"><h2>").text(words.text("growth")).raw("</h2>\n");
    hosts.entrySet().stream().limit(CHARTS).forEach(e -> chart(e.getKey(), e.getValue()));
    if (hosts.size() > CHARTS) {
      out.element("p", words.text("timeline.rest", "count", hosts.size() - CHARTS));
    }
    out.raw("</section>\n");
  }

  private static boolean changes(List<Point> points) {
    Map<String, Double> least = new HashMap<>();
    Map<String, Double> most = new HashMap<>();
    for (Point point : points) {
      point.shares().forEach((name, share) -> least.merge(name, share, Math::min));
      point.shares().forEach((name, share) -> most.merge(name, share, Math::max));
    }
    return most.entrySet().stream()
        .anyMatch(e -> e.getValue() - least.getOrDefault(e.getKey(), 0.0) >= LEAST_SHARE);
  }

  private static double span(List<Point> points) {
    return (double) points.get(points.size() - 1).time() - points.get(0).time();
  }

  private void chart(String host, List<Point> points) {
    Map<String, Double> most = new LinkedHashMap<>();
    points.forEach(p -> p.shares().forEach((name, share) -> most.merge(name, share, Math::max)));
    List<String> names =
        most.entrySet().stream()
            .filter(e -> e.getValue() >= LEAST_SHARE)
            .sorted((a, b) -> Double.compare(b.getValue(), a.getValue()))
            .limit(LINES)
            .map(Map.Entry::getKey)
            .toList();
    Point first = points.get(0);
    Point last = points.get(points.size() - 1);
    out.raw("<figure class=\"growth\"><figcaption>");
    out.text(words.text("growth.about", "host", host)).raw(" <small>");
    out.text(words.text("growth.range", "from", first.when(), "to", last.when()));
    out.raw("</small></figcaption>\n<svg viewBox=\"0 0 600 120\" preserveAspectRatio=\"none\"");
    out.raw(
        " aria-hidden=\"true\"><line class=\"axis\" x1=\"0\" x2=\"600\" y1=\"119\" y2=\"119\"/>");
    for (int i = 0; i < names.size(); i++) {
      out.raw("<polyline class=\"l" + i + "\" points=\"");
      for (Point point : points) {
        double x = (point.time() - first.time()) / span(points) * 600;
        double share = point.shares().getOrDefault(names.get(i), 0.0);
        double y = 119 - Math.max(0, Math.min(1, share)) * 117;
        out.raw(Figures.coordinate(x) + "," + Figures.coordinate(y) + " ");
      }
      out.raw("\"/>");
    }
    out.raw("</svg>\n<ul class=\"legend\">");
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      out.raw("<li><svg class=\"dot\" aria-hidden=\"true\"><rect class=\"c" + i);
      out.raw("\" width=\"100%\" height=\"100%\"/></svg>").text(name).raw(" <b>");
      out.text(HumanUnits.percent(first.shares().getOrDefault(name, 0.0))).raw(" → ");
      out.text(HumanUnits.percent(last.shares().getOrDefault(name, 0.0))).raw("</b></li>");
    }
    out.raw("</ul></figure>\n");
  }
}

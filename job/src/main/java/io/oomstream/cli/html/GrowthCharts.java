package io.oomstream.cli.html;

import io.oomstream.cli.html.GrowthSeries.Point;
import io.oomstream.cli.report.HostMoments;
import io.oomstream.cli.report.Incident;
import io.oomstream.diagnosis.context.HumanUnits;
import java.util.List;

/** How the memory of a machine changed: from copy to copy of its files, or from kill to kill. */
final class GrowthCharts {

  private static final int CHARTS = 6;
  private static final double WIDTH = 600;
  private static final double HEIGHT = 120;

  private final HtmlWriter out;
  private final PageWords words;

  GrowthCharts(HtmlWriter out, PageWords words) {
    this.out = out;
    this.words = words;
  }

  /** What the copies say in sentences, and their chart. */
  void moments(List<HostMoments> hosts) {
    for (HostMoments host : hosts) {
      out.raw("<section class=\"card\"><h2>").text(host.headline()).raw("</h2>\n<ul>\n");
      host.sentences().forEach(sentence -> out.element("li", sentence).raw("\n"));
      out.raw("</ul>\n");
      GrowthSeries.ofMoments(List.of(host), words).forEach(this::chart);
      out.raw("</section>\n");
    }
  }

  /** From kill to kill: closed, as these are moments of need and no regular samples. */
  void reports(List<Incident> incidents) {
    List<GrowthSeries> all = GrowthSeries.ofReports(incidents, words);
    if (all.isEmpty()) {
      return;
    }
    out.raw("<details class=\"card\"><summary><h2>").text(words.text("growth"));
    out.raw("</h2></summary>\n");
    all.stream().limit(CHARTS).forEach(this::chart);
    if (all.size() > CHARTS) {
      out.element("p", words.text("timeline.rest", "count", all.size() - CHARTS));
    }
    out.raw("</details>\n");
  }

  private void chart(GrowthSeries series) {
    List<String> names = series.names();
    Point first = series.first();
    Point last = series.last();
    out.raw("<figure class=\"growth\"><figcaption>").text(series.caption()).raw(" <small>");
    out.text(words.text("growth.range", "from", first.when(), "to", last.when()));
    out.raw("</small></figcaption>\n<div class=\"plot\"><p aria-hidden=\"true\">");
    out.raw("<span>100 %</span><span>50 %</span><span>0 %</span></p>");
    out.raw("<svg viewBox=\"0 0 600 120\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
    for (double share : new double[] {0, 0.5, 1}) {
      String y = y(share);
      out.raw("<line class=\"axis\" x1=\"0\" x2=\"600\" y1=\"" + y + "\" y2=\"" + y + "\"/>");
    }
    for (int i = names.size() - 1; i >= 0; i--) {
      line(series, names.get(i), i);
    }
    out.raw("</svg></div>\n<ul class=\"legend\">");
    for (int i = 0; i < names.size(); i++) {
      out.raw("<li><svg class=\"dot\" aria-hidden=\"true\"><rect class=\"c" + i);
      out.raw("\" width=\"100%\" height=\"100%\"/></svg>").text(names.get(i)).raw(" <b>");
      out.text(share(first, names.get(i))).raw(" → ").text(share(last, names.get(i)));
      out.raw("</b>").text(peak(series, names.get(i))).raw("</li>");
    }
    out.raw("</ul></figure>\n");
  }

  /** A line over the moments that have the figure, with a dot at each of them. */
  private void line(GrowthSeries series, String name, int colour) {
    StringBuilder line = new StringBuilder();
    StringBuilder dots = new StringBuilder();
    for (Point point : series.points()) {
      Double share = point.shares().get(name);
      if (share != null) {
        double x = (point.time() - series.first().time()) / series.span() * WIDTH;
        String at = Figures.coordinate(x) + " " + y(share);
        line.append(line.isEmpty() ? "M" : "L").append(at);
        dots.append('M').append(at).append("h0");
      }
    }
    out.raw("<path class=\"l" + colour + "\" d=\"" + line + "\"/>");
    out.raw("<path class=\"d l" + colour + "\" d=\"" + dots + "\"/>");
  }

  private static String y(double share) {
    double inside = HEIGHT - 8;
    return Figures.coordinate(HEIGHT - 4 - Math.max(0, Math.min(1, share)) * inside);
  }

  /** The most in between, where it is more than at both ends. */
  private String peak(GrowthSeries series, String name) {
    double ends =
        Math.max(
            series.first().shares().getOrDefault(name, 0.0),
            series.last().shares().getOrDefault(name, 0.0));
    double most =
        series.points().stream()
            .mapToDouble(point -> point.shares().getOrDefault(name, 0.0))
            .max()
            .orElse(0);
    String shown = HumanUnits.percent(most);
    return most <= ends || shown.equals(HumanUnits.percent(ends))
        ? ""
        : words.text("growth.peak", "share", shown);
  }

  private static String share(Point point, String name) {
    Double share = point.shares().get(name);
    return share == null ? "?" : HumanUnits.percent(share);
  }
}

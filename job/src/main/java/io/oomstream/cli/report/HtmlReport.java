package io.oomstream.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.summary.Coverage;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Messages;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Events as one page by itself: no script, nothing loaded, light or dark as the reader has it. */
public final class HtmlReport {

  private static final int TASKS = 10;
  private static final int COLOURS = 8;

  private final HtmlWriter out = new HtmlWriter();
  private final Messages words;

  private HtmlReport(Messages words) {
    this.words = words;
  }

  /** In English. */
  public static String render(List<JsonNode> events) {
    return render(events, Messages.in(Language.EN));
  }

  /**
   * The page.
   *
   * @param events structured CloudEvents; those that are neither kills nor signals are left out
   */
  public static String render(List<JsonNode> events, Messages words) {
    return render(events, words, null);
  }

  /** Likewise, with what was read; null where that is not known. */
  public static String render(List<JsonNode> events, Messages words, @Nullable Coverage coverage) {
    EventList list = EventList.of(events);
    HtmlReport report = new HtmlReport(words);
    report.out.raw(
        "<!doctype html>\n<html lang=\""
            + words.text("report.lang")
            + "\">\n<head>\n<meta charset=\"utf-8\">\n");
    report.out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    report.out.raw("<title>Out of memory</title>\n<style>\n" + HtmlStyle.CSS + "</style>\n");
    report.out.raw("</head>\n<body>\n<main>\n<h1>Out of memory</h1>\n");
    report
        .out
        .element("p", list.isEmpty() ? nothing(words, coverage) : list.counts(words))
        .raw("\n");
    list.kills().forEach(report::kill);
    list.unfinished()
        .forEach(
            block -> report.out.element("p", UnfinishedBlocks.sentence(block, words)).raw("\n"));
    report.signals(list.signals());
    if (coverage != null) {
      report.out.element("p", coverage.sentence()).raw("\n");
    }
    return report.out.raw("</main>\n</body>\n</html>\n").toString();
  }

  private static String nothing(Messages words, @Nullable Coverage coverage) {
    return coverage == null
        ? words.text("report.nothing")
        : String.join(words.text("sentence.separator"), coverage.nothing());
  }

  private void kill(EventNode event) {
    EventNode data = event.at("data");
    MemoryStory memory = new MemoryStory(data.at("memory"), words);
    KillStory story = new KillStory(data, words);
    out.raw("<article>\n")
        .element("h2", story.isChosen() ? story.title() : story.headline())
        .raw("\n");
    if (story.cause() != null) {
      out.raw("<p class=\"cause\">").text(story.cause()).raw("</p>\n");
    }
    out.element("p", story.why()).raw("\n");
    story.advice().forEach(step -> out.element("p", step).raw("\n"));
    shares(MemoryShare.of(data));
    out.raw("<dl>\n");
    fact("limit", story.limit());
    fact("memory", memory.totals());
    memory.zones(Integer.MAX_VALUE).forEach(zone -> fact("zones", zone));
    fact("killed", story.victim());
    fact("badness", data.at("victim").at("badness").text("formula"));
    fact("asked", story.trigger());
    fact("workload", story.workload());
    fact("key", data.at("workload").text("key"));
    fact("report", story.report());
    data.at("block").texts("unparsed").forEach(line -> fact("unread", line));
    fact("event", event.text("id"));
    out.raw("</dl>\n");
    tasks(TaskTableText.of(data, TASKS), data.at("tasks").number("count"));
    evidence(EvidenceLine.of(data.at("cause"), words));
    callTrace(data.texts("callTrace"));
    out.raw("</article>\n");
  }

  private void fact(String label, @Nullable String text) {
    if (text != null) {
      out.element("dt", words.text("report.label." + label)).element("dd", text).raw("\n");
    }
  }

  private void shares(List<MemoryShare> shares) {
    if (shares.isEmpty()) {
      return;
    }
    out.raw("<div class=\"bar\" aria-hidden=\"true\">");
    double whole = Math.max(1, shares.stream().mapToDouble(s -> Math.max(0, s.share())).sum());
    for (int i = 0; i < shares.size(); i++) {
      double width = Math.max(0, shares.get(i).share()) / whole * 100;
      out.raw(
          String.format(
              Locale.ROOT, "<i class=\"c%d\" style=\"width:%.2f%%\"></i>", colour(i), width));
    }
    out.raw("</div>\n<ul class=\"legend\">\n");
    for (int i = 0; i < shares.size(); i++) {
      MemoryShare share = shares.get(i);
      out.raw("<li><i class=\"c" + colour(i) + "\"></i>")
          .text(share.words(words) + " (" + FigureText.bytes(share.bytes()) + ")")
          .raw("</li>\n");
    }
    out.raw("</ul>\n");
  }

  private static int colour(int i) {
    return Math.min(i, COLOURS - 1);
  }

  private void tasks(List<TaskTableText.Row> rows, @Nullable Long count) {
    if (rows.isEmpty()) {
      return;
    }
    out.raw("<div class=\"scroll\"><table class=\"tasks\">\n<caption>")
        .text(
            words.text("report.label.tasks")
                + (count == null || count <= rows.size()
                    ? ""
                    : " "
                        + words.text("report.rows-of.shown", "shown", rows.size(), "count", count)))
        .raw("</caption>\n<tr>");
    TaskTableText.heads(words).forEach(column -> out.element("th", column));
    out.raw("</tr>\n");
    for (TaskTableText.Row row : rows) {
      out.raw(row.victim() ? "<tr class=\"victim\">" : "<tr>");
      row.cells().forEach(out::cell);
      out.raw("</tr>\n");
    }
    out.raw("</table></div>\n");
  }

  private void evidence(List<EvidenceLine> evidence) {
    if (evidence.isEmpty()) {
      return;
    }
    out.raw(
        "<details><summary>"
            + words.text("report.label.evidence")
            + "</summary>\n<div class=\"scroll\"><table>\n");
    for (EvidenceLine line : evidence) {
      out.raw("<tr>").cell(line.fact()).cell(line.figure()).raw("<td><code>").text(line.line());
      out.raw("</code></td></tr>\n");
    }
    out.raw("</table></div>\n</details>\n");
  }

  private void callTrace(List<String> frames) {
    if (!frames.isEmpty()) {
      out.raw("<details><summary>Call trace</summary>\n<pre>")
          .text(String.join("\n", frames))
          .raw("</pre>\n</details>\n");
    }
  }

  private void signals(List<EventNode> signals) {
    if (signals.isEmpty()) {
      return;
    }
    out.raw("<h2>" + words.text("report.signals") + "</h2>\n<div class=\"scroll\"><table>\n<tr>");
    for (String column :
        List.of("severity", "kind", "host", "time", "subject", "measured", "summary")) {
      out.element("th", column);
    }
    out.raw("</tr>\n");
    for (EventNode event : signals) {
      SignalStory signal = SignalStory.of(event.at("data"), words);
      out.raw("CRITICAL".equals(signal.severity()) ? "<tr class=\"victim\">" : "<tr>")
          .cell(signal.severity())
          .cell(signal.kind())
          .cell(signal.host())
          .cell(signal.when())
          .cell(signal.subject())
          .cell(signal.measured())
          .cell(signal.summary())
          .raw("</tr>\n");
    }
    out.raw("</table></div>\n");
  }
}

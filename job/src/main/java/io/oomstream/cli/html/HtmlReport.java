package io.oomstream.cli.html;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.glossary.Glossary;
import io.oomstream.cli.report.EventNode;
import io.oomstream.cli.report.HtmlFacts;
import io.oomstream.cli.report.Incident;
import io.oomstream.cli.summary.Coverage;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Messages;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Events as one page by itself: nothing is loaded, and without its script it shows the same, but
 * for rows beyond the first of long tables.
 */
public final class HtmlReport {

  private final HtmlWriter out = new HtmlWriter();
  private final PageWords words;
  private final Messages messages;

  private HtmlReport(PageWords words) {
    this.words = words;
    this.messages = words.messages();
  }

  /** In English. */
  public static String render(List<JsonNode> events) {
    return render(events, PageWords.in(Language.EN));
  }

  /**
   * The page.
   *
   * @param events structured CloudEvents; with block events it has all tasks and the log's lines
   */
  public static String render(List<JsonNode> events, PageWords words) {
    return render(events, words, null);
  }

  /**
   * The page.
   *
   * @param coverage what was read; null if that is unknown
   */
  public static String render(List<JsonNode> events, PageWords words, @Nullable Coverage coverage) {
    return render(events, words, coverage, List.of(), null);
  }

  /**
   * The page.
   *
   * @param coverage what was read; null if that is unknown
   * @param notes on lines that led to no event
   * @param home where another log can be analyzed; null in a file
   */
  public static String render(
      List<JsonNode> events,
      PageWords words,
      @Nullable Coverage coverage,
      List<String> notes,
      @Nullable String home) {
    HtmlReport report = new HtmlReport(words);
    report.page(events, coverage, notes, home);
    return report.out.toString();
  }

  private void page(
      List<JsonNode> events,
      @Nullable Coverage coverage,
      List<String> notes,
      @Nullable String home) {
    HtmlFacts.Events list = HtmlFacts.events(events, messages);
    List<Incident> incidents = Incident.of(list.kills(), list.signals(), events);
    head(out, words, PageFiles.POLICY);
    boolean nothing =
        incidents.isEmpty() && list.signals().isEmpty() && list.unfinished().isEmpty();
    out.raw("<header>\n").element("h1", words.text("title"));
    out.element("p", nothing ? nothing(coverage) : list.counts());
    if (coverage != null) {
      out.element("p", coverage.sentence());
    }
    if (home != null) {
      out.raw("<p><a href=\"").text(home).raw("\">").text(words.text("home")).raw("</a></p>");
    }
    out.raw("</header>\n<main id=\"main\">\n");
    list.unfinished().forEach(text -> out.raw("<p class=\"unfinished\">").text(text).raw("</p>\n"));
    if (incidents.size() > 1) {
      new KillIndex(out, words).write(incidents);
    }
    new GrowthCharts(out, words).write(incidents);
    Set<String> terms = new TreeSet<>();
    for (Incident incident : incidents) {
      new IncidentCard(out, words, terms).write(incident, incidents.size() == 1);
    }
    signals(list.signals());
    notes(notes);
    glossary(Glossary.in(words.language()), terms);
    out.raw("</main>\n<div id=\"tip\" role=\"tooltip\" hidden></div>\n<script>");
    out.raw(PageFiles.SCRIPT).raw("</script>\n</body>\n</html>\n");
  }

  private String nothing(@Nullable Coverage coverage) {
    return coverage == null
        ? messages.text("report.nothing")
        : String.join(messages.text("sentence.separator"), coverage.nothing());
  }

  /** Everything up to the body's first element. */
  public static void head(HtmlWriter out, PageWords words, String policy) {
    out.raw("<!doctype html>\n<html lang=\"" + words.messages().text("report.lang") + "\">\n");
    out.raw("<head>\n<meta charset=\"utf-8\">\n");
    out.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"").text(policy).raw("\">\n");
    out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.raw("<meta name=\"referrer\" content=\"no-referrer\">\n");
    out.element("title", words.text("title"));
    out.raw("\n<style>").raw(PageFiles.STYLE).raw("</style>\n</head>\n<body>\n");
    out.raw("<a class=\"skip\" href=\"#main\">").text(words.text("skip")).raw("</a>\n");
  }

  private void signals(List<EventNode> signals) {
    if (signals.isEmpty()) {
      return;
    }
    out.raw("<section class=\"card\"><h2>").text(words.text("signals")).raw("</h2>\n");
    out.raw("<div class=\"scroll\" tabindex=\"0\"><table class=\"sortable\">\n<thead><tr>");
    for (String column :
        List.of(
            words.text("signal.severity"),
            words.text("signal.kind"),
            words.text("where"),
            words.text("when"),
            words.text("signal.subject"),
            words.text("signal.measured"),
            words.text("signal.summary"))) {
      out.raw("<th scope=\"col\">").text(column).raw("</th>");
    }
    out.raw("</tr></thead>\n<tbody>\n");
    for (EventNode event : signals) {
      EventNode data = event.at("data");
      HtmlFacts.Signal signal = HtmlFacts.signal(data, messages);
      out.raw("CRITICAL".equals(signal.severity()) ? "<tr class=\"loud\">" : "<tr>")
          .cell(signal.severity())
          .cell(signal.kind())
          .cell(signal.host())
          .cell(signal.when())
          .cell(signal.subject())
          .cell(signal.measured())
          .raw("<td>")
          .text(signal.summary());
      forecast(data.at("forecast"));
      out.raw("</td></tr>\n");
    }
    out.raw("</tbody></table></div></section>\n");
  }

  private void forecast(EventNode forecast) {
    String limit = forecast.text("limit");
    String at = forecast.text("at");
    if (limit != null && at != null) {
      out.raw(" ").text(words.text("signal.forecast", "limit", limit, "at", at));
    }
  }

  private void notes(List<String> notes) {
    if (notes.isEmpty()) {
      return;
    }
    out.raw("<details class=\"card\"><summary><h2>").text(words.text("notes"));
    out.raw("</h2></summary>\n<ul>");
    notes.forEach(note -> out.element("li", note));
    out.raw("</ul></details>\n");
  }

  private void glossary(Glossary glossary, Set<String> terms) {
    if (terms.isEmpty()) {
      return;
    }
    out.raw("<details class=\"card\" id=\"glossary\"><summary><h2>");
    out.text(words.text("glossary")).raw("</h2></summary>\n");
    out.element("p", words.text("glossary.about")).raw("\n<dl class=\"terms\">\n");
    for (String name : terms) {
      Glossary.Term term = glossary.term(name);
      if (term != null) {
        out.raw("<dt id=\"g-").text(name).raw("\"><code>").text(name).raw("</code></dt><dd>");
        out.text(term.meaning()).raw(" <small>").text(term.source()).raw("</small></dd>\n");
      }
    }
    out.raw("</dl></details>\n");
  }
}

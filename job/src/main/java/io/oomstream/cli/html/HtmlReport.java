package io.oomstream.cli.html;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.glossary.Glossary;
import io.oomstream.cli.report.HostMoments;
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

  /** Of events alone. */
  public static String render(List<JsonNode> events, PageWords words) {
    return render(PageContent.of(events), words);
  }

  /** The page as a file. */
  public static String render(PageContent content, PageWords words) {
    return render(content, words, null);
  }

  /**
   * The page.
   *
   * @param home where another log can be analyzed; null in a file
   */
  public static String render(PageContent content, PageWords words, @Nullable String home) {
    HtmlReport report = new HtmlReport(words);
    report.page(content, home);
    return report.out.toString();
  }

  private void page(PageContent content, @Nullable String home) {
    List<JsonNode> events = content.events();
    HtmlFacts.Events list = HtmlFacts.events(events, messages);
    List<Incident> incidents = Incident.of(list.kills(), list.signals(), events);
    head(out, words, PageFiles.POLICY);
    out.raw("<header>\n").element("h1", words.text("title"));
    boolean nothing =
        incidents.isEmpty() && list.signals().isEmpty() && list.unfinished().isEmpty();
    if (!nothing) {
      out.element("p", list.counts());
    } else if (content.moments().isEmpty() || content.coverage() != null) {
      out.element("p", nothing(content.coverage()));
    }
    if (content.coverage() != null) {
      out.element("p", content.coverage().sentence());
    }
    if (home != null) {
      out.raw("<p><a href=\"").text(home).raw("\">").text(words.text("home")).raw("</a></p>");
    }
    out.raw("</header>\n<main id=\"main\">\n");
    list.unfinished().forEach(text -> out.raw("<p class=\"unfinished\">").text(text).raw("</p>\n"));
    if (incidents.size() > 1) {
      new KillIndex(out, words).write(incidents, list.signals());
    }
    GrowthCharts growth = new GrowthCharts(out, words);
    List<HostMoments> moments = HostMoments.of(content.moments(), events, messages);
    if (incidents.size() > 1) {
      growth.reports(incidents);
      growth.moments(moments);
    }
    Set<String> terms = new TreeSet<>();
    for (Incident incident : incidents) {
      new IncidentCard(out, words, terms).write(incident, incidents.size() == 1);
    }
    if (incidents.size() <= 1) {
      growth.moments(moments);
    }
    new SignalTable(out, words).write(list.signals());
    notes(content.notes());
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

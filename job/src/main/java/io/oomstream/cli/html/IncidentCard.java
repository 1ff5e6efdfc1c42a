package io.oomstream.cli.html;

import io.oomstream.cli.report.EventNode;
import io.oomstream.cli.report.HtmlFacts;
import io.oomstream.cli.report.Incident;
import io.oomstream.diagnosis.context.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One incident: the answer first, then its reasons, then everything else. */
final class IncidentCard {

  private final HtmlWriter out;
  private final PageWords words;
  private final Messages messages;
  private final Set<String> terms;

  /**
   * For cards.
   *
   * @param terms gets the words that the glossary explains
   */
  IncidentCard(HtmlWriter out, PageWords words, Set<String> terms) {
    this.terms = terms;
    this.out = out;
    this.words = words;
    this.messages = words.messages();
  }

  /**
   * Writes it.
   *
   * @param alone the page's only one, which is open
   */
  void write(Incident incident, boolean alone) {
    String title = title(incident, words);
    out.raw(alone ? "<article class=\"card kill\"" : "<article class=\"card kill several\"");
    out.raw(" id=\"" + incident.anchor() + "\">\n");
    if (alone) {
      out.element("h2", title).raw("\n");
    } else {
      out.raw(incident.number() == 1 ? "<details open><summary><h2>" : "<details><summary><h2>");
      out.text(incident.number() + ". " + title).raw("</h2> <span>");
      out.text(who(incident, words)).raw("</span></summary>\n");
    }
    verdict(incident);
    EventNode cause = incident.data().at("cause");
    list("why", "ul", whys(incident));
    list("steps", "ol", cause.texts("advice"));
    RawLines raw = new RawLines(incident);
    evidence(HtmlFacts.evidence(cause, messages), raw);
    new MemoryPictures(out, words).write(incident);
    new TaskTable(out, words).write(incident);
    raw.write(out, words, terms);
    details(incident);
    out.raw(alone ? "</article>\n" : "</details></article>\n");
  }

  /** What happened, in a few words. */
  static String title(Incident incident, PageWords words) {
    EventNode cause = incident.data().at("cause");
    String failure = incident.block().text("failure");
    if (incident.kills().isEmpty() && failure != null) {
      return words.text("failure");
    }
    return words.cause(cause);
  }

  /** Who was killed, or asked where nobody was. */
  static String who(Incident incident, PageWords words) {
    if (incident.kills().size() > 1) {
      return words.text("killed.more", "count", incident.kills().size());
    }
    EventNode data = incident.data();
    EventNode who = incident.kills().isEmpty() ? data.at("trigger") : data.at("victim");
    return name(who, words);
  }

  private static String name(EventNode who, PageWords words) {
    String comm = who.text("comm");
    Long pid = who.number("pid");
    String name = comm == null || comm.isBlank() ? words.messages().text("who.unnamed") : comm;
    return name + (pid == null ? "" : " (pid " + pid + ")");
  }

  private static List<String> whys(Incident incident) {
    EventNode cause = incident.data().at("cause");
    List<String> whys = cause.texts("why");
    String summary = cause.text("summary");
    if (!whys.isEmpty()) {
      return whys;
    }
    return summary == null ? incident.said() : List.of(summary);
  }

  private void verdict(Incident incident) {
    EventNode data = incident.data();
    String causes = HtmlFacts.causes(data, messages);
    String failure = incident.block().text("failure");
    out.raw("<div class=\"verdict\">\n");
    if (causes != null) {
      out.raw("<p class=\"kind\">").text(causes).raw("</p>\n");
    }
    if (failure != null) {
      out.raw("<p><code>").text(failure).raw("</code></p>\n");
    }
    out.raw("<dl>\n");
    if (!incident.kills().isEmpty()) {
      fact("killed", killed(incident));
      fact("whose", HtmlFacts.limit(data, messages));
    }
    fact("where", HtmlFacts.host(data));
    fact("when", HtmlFacts.when(data, messages));
    List<String> steps = data.at("cause").texts("advice");
    if (!steps.isEmpty()) {
      fact("first", steps.get(0));
    }
    out.raw("</dl></div>\n");
  }

  private String killed(Incident incident) {
    List<String> names = new ArrayList<>();
    for (EventNode kill : incident.kills()) {
      EventNode victim = kill.at("data").at("victim");
      Long rss = victim.number("rssBytes");
      names.add(
          rss == null
              ? name(victim, words)
              : words.text(
                  "killed.rss", "who", name(victim, words), "bytes", PageWords.bytes(rss)));
    }
    return String.join("; ", names);
  }

  private void fact(String label, @Nullable String text) {
    if (text != null) {
      out.raw("<div class=\"f-" + label + "\">").element("dt", words.text(label));
      out.element("dd", text).raw("</div>\n");
    }
  }

  private void list(String heading, String element, List<String> items) {
    if (items.isEmpty()) {
      return;
    }
    out.raw("<section class=\"" + heading + "\">").element("h3", words.text(heading));
    out.raw("<" + element + ">\n");
    items.forEach(item -> out.element("li", item).raw("\n"));
    out.raw("</" + element + "></section>\n");
  }

  private void evidence(List<HtmlFacts.Evidence> evidence, RawLines raw) {
    if (evidence.isEmpty()) {
      return;
    }
    out.raw("<section>").element("h3", words.text("evidence"));
    out.raw("<ul class=\"evidence\">\n");
    for (HtmlFacts.Evidence line : evidence) {
      out.raw("<li><b>").text(line.fact()).raw("</b> ").text(line.figure());
      Long number = raw.find(line.line());
      if (number != null) {
        out.raw(" <a href=\"#" + raw.anchor(number) + "\">");
        out.text(words.text("raw.line", "line", number)).raw("</a>");
      }
      if (line.line() != null) {
        out.raw(number == null ? "<br><code>" : "<code class=\"cut\">")
            .text(line.shown())
            .raw("</code>");
      }
      out.raw("</li>\n");
    }
    out.raw("</ul></section>\n");
  }

  private void details(Incident incident) {
    List<String> frames = frames(incident);
    out.raw("<details><summary><h3>").text(words.text("more")).raw("</h3></summary>\n");
    List<EventNode> events = incident.kills();
    for (EventNode event : events) {
      out.raw("<dl class=\"details\">\n");
      for (HtmlFacts.Fact fact : HtmlFacts.details(event, messages)) {
        out.element("dt", fact.label()).element("dd", fact.text()).raw("\n");
      }
      out.raw("</dl>\n");
    }
    if (!frames.isEmpty()) {
      out.element("h4", words.text("trace")).raw("<pre class=\"trace\">");
      out.text(String.join("\n", frames)).raw("</pre>\n");
    }
    out.raw("</details>\n");
  }

  private static List<String> frames(Incident incident) {
    List<String> frames = incident.data().texts("callTrace");
    return frames.isEmpty() ? incident.block().texts("callTrace") : frames;
  }
}

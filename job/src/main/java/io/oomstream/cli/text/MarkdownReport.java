package io.oomstream.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.report.Alike;
import io.oomstream.cli.report.EventList;
import io.oomstream.cli.report.EventNode;
import io.oomstream.cli.report.EvidenceLine;
import io.oomstream.cli.report.ExplainStory;
import io.oomstream.cli.report.KillStory;
import io.oomstream.cli.report.MemoryShare;
import io.oomstream.cli.report.MemoryStory;
import io.oomstream.cli.report.UnfinishedBlocks;
import io.oomstream.cli.summary.Coverage;
import io.oomstream.diagnosis.context.Messages;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The text report for a ticket or a chat: Markdown with tables. Names stay text there too. */
public final class MarkdownReport {

  private static final String SPECIAL = "\\`*_{}[]<>#|~&";
  private static final int TASKS = 8;

  private final Messages words;
  private final TextStyle style;
  private final StringBuilder out = new StringBuilder();

  private MarkdownReport(Messages words, TextStyle style) {
    this.words = words;
    this.style = style;
  }

  /**
   * The report.
   *
   * @param coverage what was read; null where that is not known
   */
  public static String render(
      List<JsonNode> events, Messages words, @Nullable Coverage coverage, TextStyle style) {
    EventList list = EventList.of(events);
    MarkdownReport report = new MarkdownReport(words, style);
    if (list.isEmpty()) {
      List<String> nothing =
          coverage == null ? List.of(words.text("report.nothing")) : coverage.nothing();
      nothing.forEach(report::paragraph);
    }
    if (!list.kills().isEmpty()) {
      report.kills(TextReport.groups(list, events, style, words));
    }
    for (EventNode block : list.unfinished()) {
      report.paragraph(UnfinishedBlocks.sentence(block, words));
    }
    report.signals(list.signals());
    if (coverage != null) {
      report.paragraph(coverage.sentence());
    }
    return report.out.toString().stripTrailing() + "\n";
  }

  private void kills(List<Alike> groups) {
    boolean full = style.detail() == TextStyle.Detail.FULL;
    IncidentIndex index = new IncidentIndex(groups, words);
    out.append("## ").append(escaped(index.headline())).append("\n\n");
    table(index.rows(Map.of()));
    if (style.detail() == TextStyle.Detail.SUMMARY) {
      return;
    }
    Set<String> shown = new HashSet<>();
    List<String> without = new ArrayList<>();
    for (Alike group : groups) {
      if (full || (shown.size() < TextReport.CARDS && shown.add(group.story()))) {
        card(group);
      } else {
        without.add(String.valueOf(group.number()));
      }
    }
    if (!without.isEmpty()) {
      paragraph(
          words.text(
              "index.alike-or-more", "rows", String.join(words.text("list.separator"), without)));
    }
  }

  private void card(Alike group) {
    EventNode data = group.first().data();
    KillStory story = new KillStory(data, words);
    MemoryStory memory = new MemoryStory(data.at("memory"), words);
    out.append("### ").append(group.number()).append("\\. ").append(escaped(story.headline()));
    out.append("\n\n");
    fact("cause", story.cause());
    fact("limit", story.limit());
    out.append('\n');
    paragraph(story.why());
    List<String> advice = data.at("cause").texts("advice");
    if (!advice.isEmpty()) {
      out.append("**").append(label("advice")).append("**\n\n");
      for (int i = 0; i < advice.size(); i++) {
        out.append(i + 1).append(". ").append(escaped(advice.get(i))).append('\n');
      }
      out.append('\n');
    }
    if (group.incidents().size() > 1) {
      paragraph(
          words.text("card.more", "count", group.incidents().size() - 1, "until", "")
              + words.text("sentence.separator")
              + words.text("card.full"));
    }
    evidence(data);
    fact("also", KillCard.also(group.first(), words));
    fact("memory", memory.totals());
    fact("boot", memory.boot());
    fact("shares", MemoryShare.sentence(data, words));
    memory.zones(Integer.MAX_VALUE).forEach(zone -> fact("zones", zone));
    fact("asked", story.trigger());
    fact("killed", story.victim());
    fact("workload", story.workload());
    fact("report", story.report());
    data.at("block").texts("unparsed").forEach(line -> fact("unread", line));
    out.append('\n');
    tasks(data);
    if (style.explain()) {
      ExplainStory.of(data, words)
          .forEach(sentence -> out.append("- ").append(escaped(sentence)).append('\n'));
      out.append('\n');
    }
  }

  private void evidence(EventNode data) {
    List<EvidenceLine> all = EvidenceLine.of(data.at("cause"), words);
    if (all.isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of(label("evidence"), ""));
    all.forEach(evidence -> rows.add(List.of(evidence.fact(), evidence.figure())));
    table(rows);
  }

  private void tasks(EventNode data) {
    int limit = style.detail() == TextStyle.Detail.FULL ? Integer.MAX_VALUE : TASKS;
    List<TaskTableText.Row> tasks = TaskTableText.of(data, limit);
    if (tasks.isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(TaskTableText.heads(words));
    for (TaskTableText.Row task : tasks) {
      List<String> cells = new ArrayList<>(task.cells());
      int last = cells.size() - 1;
      if (task.victim()) {
        cells.set(last, cells.get(last) + " " + words.text("report.column.killed"));
      }
      rows.add(cells);
    }
    table(rows);
    Long count = data.at("tasks").number("count");
    if (count != null && count > tasks.size()) {
      paragraph(words.text("report.rows-of.shown", "shown", tasks.size(), "count", count));
    }
  }

  private void signals(List<EventNode> signals) {
    if (signals.isEmpty()) {
      return;
    }
    SignalLines.Of lines = SignalLines.of(signals, style.detail() == TextStyle.Detail.FULL, words);
    out.append("## ").append(words.text("report.signals")).append("\n\n");
    for (SignalLines.Row row : lines.rows()) {
      out.append("- ").append(escaped(row.text().replaceAll(" +", " "))).append('\n');
    }
    out.append('\n');
    if (lines.leftOut() > 0) {
      paragraph(words.text("index.no-signal", "count", lines.leftOut()));
    }
  }

  private void table(List<List<String>> rows) {
    for (int i = 0; i < rows.size(); i++) {
      for (String cell : rows.get(i)) {
        out.append("| ").append(escaped(cell)).append(' ');
      }
      out.append("|\n");
      if (i == 0) {
        out.append("|---".repeat(rows.get(0).size())).append("|\n");
      }
    }
    out.append('\n');
  }

  private void fact(String label, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      out.append("- **").append(label(label)).append(":** ").append(escaped(text)).append('\n');
    }
  }

  private void paragraph(@Nullable String text) {
    if (text != null && !text.isEmpty()) {
      out.append(escaped(text)).append("\n\n");
    }
  }

  private String label(String name) {
    return words.text("report.label." + name);
  }

  /** Nothing in it is markup, and no line begins a list or a heading. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean inWord =
          c == '_' && i > 0 && i + 1 < text.length() && isWord(text, i - 1) && isWord(text, i + 1);
      if (SPECIAL.indexOf(c) >= 0 && !inWord) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  private static boolean isWord(String text, int at) {
    return Character.isLetterOrDigit(text.charAt(at));
  }
}

package io.oomstream.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.report.Alike;
import io.oomstream.cli.report.Columns;
import io.oomstream.cli.report.EventList;
import io.oomstream.cli.report.EventNode;
import io.oomstream.cli.report.Incident;
import io.oomstream.cli.report.KillStory;
import io.oomstream.cli.report.UnfinishedBlocks;
import io.oomstream.cli.summary.Coverage;
import io.oomstream.cli.text.TextStyle.Detail;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Messages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events as incident notes for a terminal. Several begin with an index; those that are alike share
 * a row and a card; one report that killed many is one card. What is left out is said.
 */
public final class TextReport {

  /** Cards, where not all are wanted. */
  static final int CARDS = 12;

  private final Messages words;
  private final TextStyle style;
  private final StringBuilder out = new StringBuilder();

  private TextReport(Messages words, TextStyle style) {
    this.words = words;
    this.style = style;
  }

  /** In English. */
  public static String render(List<JsonNode> events) {
    return render(events, Messages.in(Language.EN), null, TextStyle.PLAIN);
  }

  /**
   * The report.
   *
   * @param events structured CloudEvents; those that are neither kills nor signals are left out
   */
  public static String render(List<JsonNode> events, Messages words) {
    return render(events, words, null, TextStyle.PLAIN);
  }

  /**
   * Likewise, with what was read.
   *
   * @param coverage what was read; null where that is not known
   */
  public static String render(
      List<JsonNode> events, Messages words, @Nullable Coverage coverage, TextStyle style) {
    EventList list = EventList.of(events);
    TextReport report = new TextReport(words, style);
    if (list.isEmpty()) {
      List<String> nothing =
          coverage == null ? List.of(words.text("report.nothing")) : coverage.nothing();
      nothing.forEach(report::wrapped);
      report.covered(coverage);
      return report.out.toString();
    }
    if (!list.kills().isEmpty()) {
      report.kills(groups(list, events, style, words));
    }
    for (EventNode block : list.unfinished()) {
      report.wrapped(UnfinishedBlocks.sentence(block, words));
      UnfinishedBlocks.unread(block, words).forEach(report::wrapped);
      if (coverage != null) {
        coverage.pieces().forEach(report::wrapped);
      }
      report.out.append('\n');
    }
    report.signals(list.signals());
    report.out.append(list.counts(words)).append('\n');
    report.covered(coverage);
    return report.out.toString();
  }

  /** The incidents with a kill, those that are alike together. */
  static List<Alike> groups(
      EventList list, List<JsonNode> events, TextStyle style, Messages words) {
    List<Incident> incidents =
        Incident.of(list.kills(), list.signals(), events).stream()
            .filter(i -> !i.kills().isEmpty())
            .toList();
    return Alike.of(incidents, style.detail() == Detail.FULL, list.signals(), words);
  }

  private void kills(List<Alike> groups) {
    boolean cards = style.detail() != Detail.SUMMARY;
    boolean alone = groups.size() == 1 && groups.get(0).incidents().size() == 1;
    Map<String, Integer> shown = cards ? cards(groups) : Map.of();
    if (!alone || !cards) {
      IncidentIndex index = new IncidentIndex(groups, words);
      for (String line : Columns.wrap(index.headline(), style.columns())) {
        out.append(style.paint().headline(line)).append('\n');
      }
      index
          .lines(shown, style.columns(), style.paint())
          .forEach(line -> out.append(line).append('\n'));
      out.append('\n');
    }
    KillCard card = new KillCard(style, words);
    List<Alike> without = new ArrayList<>();
    for (Alike group : groups) {
      Integer number = shown.get(group.story());
      if (number == null) {
        without.add(group);
      } else if (number == group.number() || style.detail() == Detail.FULL) {
        String text =
            card.render(group.first(), alone ? null : group.number(), more(group, groups));
        out.append(text).append('\n');
      }
    }
    if (cards && !without.isEmpty()) {
      int kills = without.stream().mapToInt(Alike::kills).sum();
      wrapped(
          words.text(
              "index.no-card",
              "kills",
              words.text("count.kill" + (kills == 1 ? "" : "s"), "count", kills),
              "rows",
              without.get(0).number() + "-" + without.get(without.size() - 1).number()));
      out.append('\n');
    }
  }

  /** By story, the row whose card is shown; a full report shows them all. */
  private Map<String, Integer> cards(List<Alike> groups) {
    Map<String, Integer> cards = new LinkedHashMap<>();
    for (Alike group : groups) {
      if (style.detail() == Detail.FULL) {
        cards.put(group.story(), group.number());
      } else if (cards.size() < CARDS) {
        cards.putIfAbsent(group.story(), group.number());
      }
    }
    return cards;
  }

  /** What else a card stands for; null if it stands for one incident. */
  private @Nullable String more(Alike group, List<Alike> groups) {
    int incidents = group.incidents().size();
    List<String> sentences = new ArrayList<>();
    if (incidents > 1) {
      String to = KillStory.when(group.incidents().get(incidents - 1).data(), words);
      sentences.add(
          words.text(
              "card.more",
              "count",
              incidents - 1,
              "until",
              to == null ? "" : words.text("card.more.until", "time", to)));
    }
    if (style.detail() != Detail.FULL) {
      List<String> others = new ArrayList<>();
      for (Alike other : groups) {
        if (other.number() != group.number() && other.story().equals(group.story())) {
          others.add(String.valueOf(other.number()));
        }
      }
      if (!others.isEmpty()) {
        sentences.add(
            words.text("card.rows", "rows", String.join(words.text("list.separator"), others)));
      }
    }
    return sentences.isEmpty()
        ? null
        : String.join(words.text("sentence.separator"), sentences)
            + words.text("sentence.separator")
            + words.text("card.full");
  }

  private void signals(List<EventNode> signals) {
    if (signals.isEmpty()) {
      return;
    }
    SignalLines.Of lines = SignalLines.of(signals, style.detail() == Detail.FULL, words);
    out.append(style.paint().strong(words.text("report.signals"))).append('\n');
    for (SignalLines.Row row : lines.rows()) {
      List<String> wrapped = Columns.wrap(row.text(), style.columns() - 4);
      for (int i = 0; i < wrapped.size(); i++) {
        String line = wrapped.get(i);
        out.append(i == 0 ? "  " : "    ");
        out.append(i == 0 ? style.paint().severity(row.severity(), line) : line).append('\n');
      }
    }
    if (lines.leftOut() > 0) {
      out.append("  ").append(words.text("index.no-signal", "count", lines.leftOut()));
      out.append('\n');
    }
    out.append('\n');
  }

  private void wrapped(String text) {
    Columns.wrap(text, style.columns()).forEach(line -> out.append(line).append('\n'));
  }

  private void covered(@Nullable Coverage coverage) {
    if (coverage != null) {
      wrapped(coverage.sentence());
    }
  }
}

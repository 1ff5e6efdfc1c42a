package io.oomstream.cli.text;

import io.oomstream.cli.report.Alike;
import io.oomstream.cli.report.Columns;
import io.oomstream.cli.report.EventNode;
import io.oomstream.cli.report.Incident;
import io.oomstream.cli.report.KillStory;
import io.oomstream.diagnosis.context.Messages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All kills at a glance: when, where, who, why and whose limit, a row for those that are alike. */
final class IncidentIndex {

  /** A column is not made narrower than that. */
  private static final int NARROW = 9;

  private static final String GAP = "  ";

  private final List<Alike> groups;
  private final Messages words;
  private final Set<String> hosts = new LinkedHashSet<>();

  /**
   * An index.
   *
   * @param groups of which there is at least one
   */
  IncidentIndex(List<Alike> groups, Messages words) {
    this.groups = groups;
    this.words = words;
    for (Alike group : groups) {
      group.incidents().stream()
          .map(incident -> orEmpty(KillStory.host(incident.data())))
          .forEach(hosts::add);
    }
  }

  /** How much there is, where and when. */
  String headline() {
    int kills = groups.stream().mapToInt(Alike::kills).sum();
    int incidents = groups.stream().mapToInt(g -> g.incidents().size()).sum();
    List<Incident> all = groups.stream().flatMap(g -> g.incidents().stream()).toList();
    String host = hosts.iterator().next();
    String where =
        hosts.size() > 1
            ? words.text("index.hosts", "count", hosts.size())
            : host.isEmpty() ? "" : words.text("report.on", "host", host);
    return words.text("count.kill" + (kills == 1 ? "" : "s"), "count", kills)
        + (incidents == kills ? "" : words.text("index.incidents", "count", incidents))
        + where
        + span(all);
  }

  private String span(List<Incident> incidents) {
    List<String> times = new ArrayList<>();
    for (Incident incident : incidents) {
      String when = KillStory.when(incident.data(), words);
      if (when != null) {
        times.add(when);
      }
    }
    if (times.isEmpty()) {
      return "";
    }
    if (hosts.size() > 1) {
      // Of several hosts only wall clocks can be held against each other.
      List<String> walls =
          incidents.stream()
              .map(i -> i.data().text("time"))
              .filter(java.util.Objects::nonNull)
              .sorted()
              .toList();
      if (walls.size() < incidents.size()) {
        return "";
      }
      times = walls;
    }
    String from = times.get(0);
    String to = times.get(times.size() - 1);
    return from.equals(to)
        ? words.text("report.at", "time", from)
        : words.text("index.span", "from", from, "to", to);
  }

  /**
   * Heads and rows.
   *
   * @param cards by story the number of the row that has the card; empty if there are no cards
   */
  List<String> lines(Map<String, Integer> cards, int columns, Paint paint) {
    List<List<String>> rows = rows(cards);
    int[] widths = widths(rows, columns);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      for (String line : row(rows.get(i), widths)) {
        lines.add(i == 0 ? paint.label(line) : line);
      }
    }
    return lines;
  }

  /** The cells, heads first: number, time, host if there are several, victim, cause, limit. */
  List<List<String>> rows(Map<String, Integer> cards) {
    boolean several = hosts.size() > 1;
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        cells(
            several,
            "#",
            words.text("index.when"),
            words.text("index.where"),
            words.text("index.who"),
            words.text("index.cause"),
            words.text("index.limit")));
    for (Alike group : groups) {
      EventNode data = group.first().data();
      Integer card = cards.get(group.story());
      String cause = orEmpty(data.at("cause").text("primary"));
      rows.add(
          cells(
              several,
              String.valueOf(group.number()),
              orEmpty(KillStory.when(data, words)),
              orEmpty(group.where(words)),
              group.who(words),
              card == null || card == group.number()
                  ? cause
                  : words.text("index.as", "cause", cause, "number", card),
              new KillStory(data, words).whose()));
    }
    return rows;
  }

  private static List<String> cells(boolean several, String... cells) {
    List<String> all = new ArrayList<>(Arrays.asList(cells));
    if (!several) {
      all.remove(2);
    }
    return all;
  }

  /** The widest gives up first, until all have room. */
  private static int[] widths(List<List<String>> rows, int columns) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Columns.width(row.get(i)));
      }
    }
    int room = columns - GAP.length() * widths.length;
    while (Arrays.stream(widths).sum() > room) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= NARROW) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  private static List<String> row(List<String> cells, int[] widths) {
    List<List<String>> wrapped = new ArrayList<>();
    int height = 1;
    for (int i = 0; i < widths.length; i++) {
      List<String> lines = Columns.wrap(cells.get(i), widths[i]);
      wrapped.add(lines);
      height = Math.max(height, lines.size());
    }
    List<String> lines = new ArrayList<>();
    for (int y = 0; y < height; y++) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = y < wrapped.get(i).size() ? wrapped.get(i).get(y) : "";
        String pad = " ".repeat(Math.max(0, widths[i] - Columns.width(cell)));
        line.append(GAP).append(i == 0 ? pad + cell : cell + pad);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}

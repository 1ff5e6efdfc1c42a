package io.oomstream.cli.text;

import io.oomstream.cli.report.Columns;
import io.oomstream.cli.report.EventNode;
import io.oomstream.cli.report.FigureText;
import io.oomstream.cli.report.HtmlFacts;
import io.oomstream.cli.report.KillStory;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.Messages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two kills or failures side by side: first what grew most, then each figure that both may have.
 */
public final class Comparison {

  /** Rows of a table of names. */
  private static final int NAMES = 10;

  /** What grew most, in the first sentence. */
  private static final int GREW = 3;

  private static final int LABEL = 26;
  private static final int CELL = 20;

  /**
   * A row.
   *
   * @param left null where the first has no such figure
   */
  private record Row(String label, @Nullable Long left, @Nullable Long right) {

    /** Null unless both are known. */
    @Nullable Long change() {
      return left == null || right == null ? null : Long.valueOf(right - left);
    }
  }

  private final EventNode left;
  private final EventNode right;
  private final Messages words;
  private final TextStyle style;
  private final StringBuilder out = new StringBuilder();

  private Comparison(EventNode left, EventNode right, Messages words, TextStyle style) {
    this.left = left;
    this.right = right;
    this.words = words;
    this.style = style;
  }

  /**
   * The comparison.
   *
   * @param left data of an event or a block
   * @param right likewise, the later one
   */
  public static String render(EventNode left, EventNode right, Messages words, TextStyle style) {
    return new Comparison(left, right, words, style).render();
  }

  private String render() {
    List<Row> uses = uses();
    List<Row> names = named("tasks", "byComm", "comm", "rssBytes", true);
    List<Row> caches = named("slab", "unreclaimable", "cache", "totalBytes", false);
    verdict(uses, names, caches);
    head();
    text(
        "report.label.cause",
        new KillStory(left, words).cause(),
        new KillStory(right, words).cause());
    text(
        "report.label.limit",
        new KillStory(left, words).whose(),
        new KillStory(right, words).whose());
    text("report.label.killed", victim(left), victim(right));
    out.append('\n');
    rows("compare.memory", totals(), Integer.MAX_VALUE);
    rows("compare.uses", uses, Integer.MAX_VALUE);
    rows("compare.names", names, NAMES);
    rows("compare.caches", caches, NAMES);
    return out.toString().stripTrailing() + "\n";
  }

  private void verdict(List<Row> uses, List<Row> names, List<Row> caches) {
    List<String> grew = new ArrayList<>();
    grew(uses, grew);
    grew(names, grew);
    grew(caches, grew);
    String sentence =
        grew.isEmpty()
            ? words.text("compare.nothing-grew")
            : words.text("compare.grew", "what", String.join(words.text("list.separator"), grew));
    for (String line : Columns.wrap(sentence, style.columns())) {
      out.append(style.paint().headline(line)).append('\n');
    }
    out.append('\n');
  }

  private void grew(List<Row> rows, List<String> grew) {
    rows.stream()
        .filter(row -> change(row) > 0)
        .sorted((a, b) -> Long.compare(change(b), change(a)))
        .limit(GREW)
        .filter(row -> change(row) >= significant(rows))
        .forEach(row -> grew.add(row.label() + " +" + HumanUnits.bytes(change(row))));
  }

  /** A tenth of what grew most is worth a word. */
  private static long significant(List<Row> rows) {
    return rows.stream().mapToLong(Comparison::change).max().orElse(0) / 10;
  }

  private static long change(Row row) {
    Long change = row.change();
    return change == null ? 0 : change;
  }

  private void head() {
    line("", place(left), place(right), words.text("compare.change"), true);
    text("compare.when", KillStory.when(left, words), KillStory.when(right, words));
  }

  private static String place(EventNode data) {
    String host = KillStory.host(data);
    String position = KillStory.position(data.at("block"));
    return position != null ? position : host == null ? "" : host;
  }

  private @Nullable String victim(EventNode data) {
    String comm = data.at("victim").text("comm");
    Long pid = data.at("victim").number("pid");
    return comm == null ? null : comm + (pid == null ? "" : " (pid " + pid + ")");
  }

  private List<Row> totals() {
    List<Row> rows = new ArrayList<>();
    for (String name :
        List.of("totalBytes", "managedBytes", "freeBytes", "swapTotalBytes", "swapFreeBytes")) {
      add(rows, "compare." + name, left.at("memory").number(name), right.at("memory").number(name));
    }
    add(rows, "compare.usage", usage(left, "usageBytes"), usage(right, "usageBytes"));
    add(rows, "compare.limit", usage(left, "limitBytes"), usage(right, "limitBytes"));
    add(rows, "compare.victim", victimRss(left), victimRss(right));
    add(rows, "compare.tasks", totalRss(left), totalRss(right));
    return rows;
  }

  private static @Nullable Long usage(EventNode data, String name) {
    return data.at("memcg").number(name);
  }

  private static @Nullable Long victimRss(EventNode data) {
    return data.at("victim").number("rssBytes");
  }

  private static @Nullable Long totalRss(EventNode data) {
    return data.at("tasks").at("totals").number("rssBytes");
  }

  private void add(List<Row> rows, String key, @Nullable Long a, @Nullable Long b) {
    if (a != null || b != null) {
      rows.add(new Row(words.text(key), a, b));
    }
  }

  private List<Row> uses() {
    Map<String, Long> a = new LinkedHashMap<>();
    Map<String, Long> b = new LinkedHashMap<>();
    HtmlFacts.shares(left, words).forEach(share -> a.put(share.label(), share.bytes()));
    HtmlFacts.shares(right, words).forEach(share -> b.put(share.label(), share.bytes()));
    return joined(a, b, !a.isEmpty() && !b.isEmpty());
  }

  /**
   * A table of names.
   *
   * @param whole whether the event has all names, so that one that is absent held nothing
   */
  private List<Row> named(String section, String list, String name, String bytes, boolean whole) {
    Map<String, Long> a = sums(left.at(section).items(list), name, bytes, whole);
    Map<String, Long> b = sums(right.at(section).items(list), name, bytes, whole);
    return joined(a, b, whole && !a.isEmpty() && !b.isEmpty());
  }

  /** Numbered names are one family: {@code worker-7} is of {@code worker-#}. */
  private static Map<String, Long> sums(
      List<EventNode> items, String name, String bytes, boolean families) {
    Map<String, Long> sums = new LinkedHashMap<>();
    for (EventNode item : items) {
      String named = item.text(name);
      Long figure = item.number(bytes);
      if (named != null && figure != null) {
        String family = families ? named.replaceAll("[0-9]+$", "#") : named;
        sums.merge(family, figure, Long::sum);
      }
    }
    return sums;
  }

  private static List<Row> joined(Map<String, Long> a, Map<String, Long> b, boolean whole) {
    List<Row> rows = new ArrayList<>();
    Long absent = whole ? Long.valueOf(0) : null;
    a.forEach((name, bytes) -> rows.add(new Row(name, bytes, b.getOrDefault(name, absent))));
    b.forEach(
        (name, bytes) -> {
          if (!a.containsKey(name)) {
            rows.add(new Row(name, absent, bytes));
          }
        });
    rows.sort(
        Comparator.comparingLong((Row row) -> Math.abs(change(row)))
            .thenComparingLong(row -> row.right() == null ? 0 : row.right())
            .reversed());
    return rows;
  }

  private void rows(String title, List<Row> rows, int most) {
    if (rows.isEmpty()) {
      return;
    }
    out.append(style.paint().strong(words.text(title))).append('\n');
    int shown = style.detail() == TextStyle.Detail.FULL ? rows.size() : Math.min(most, rows.size());
    for (Row row : rows.subList(0, shown)) {
      Long change = row.change();
      line(row.label(), orNone(row.left()), orNone(row.right()), change(change, row), false);
    }
    if (shown < rows.size()) {
      out.append("  ").append(words.text("compare.more", "count", rows.size() - shown));
      out.append('\n');
    }
    out.append('\n');
  }

  private String change(@Nullable Long change, Row row) {
    if (change == null) {
      return "";
    }
    if (change == 0) {
      return "=";
    }
    Long before = row.left();
    String times =
        before != null && before > 0 && row.right() != null && row.right() >= 2 * before
            ? String.format(java.util.Locale.ROOT, " (× %.1f)", (double) row.right() / before)
            : "";
    return (change > 0 ? "+" : "-") + HumanUnits.bytes(Math.abs(change)) + times;
  }

  private static String orNone(@Nullable Long bytes) {
    String text = FigureText.bytes(bytes);
    return text == null ? "-" : text;
  }

  private void text(String key, @Nullable String a, @Nullable String b) {
    if (a != null || b != null) {
      line(words.text(key), a == null ? "-" : a, b == null ? "-" : b, same(a, b), false);
    }
  }

  private static String same(@Nullable String a, @Nullable String b) {
    return a != null && a.equals(b) ? "=" : "";
  }

  private void line(String label, String a, String b, String change, boolean head) {
    int room = Math.max(CELL, (style.columns() - LABEL - CELL - 6) / 2);
    List<String> labels = Columns.wrap(label, LABEL);
    List<String> as = Columns.wrap(a, room);
    List<String> bs = Columns.wrap(b, room);
    int height = Math.max(1, Math.max(labels.size(), Math.max(as.size(), bs.size())));
    for (int i = 0; i < height; i++) {
      String line =
          "  "
              + padded(i < labels.size() ? labels.get(i) : "", LABEL)
              + padded(i < as.size() ? as.get(i) : "", room)
              + "  "
              + padded(i < bs.size() ? bs.get(i) : "", room)
              + "  "
              + (i == 0 ? change : "");
      String text = line.stripTrailing();
      out.append(head ? style.paint().label(text) : text).append('\n');
    }
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - Columns.width(text)));
  }
}

package io.oomstream.cli.text;

import io.oomstream.cli.report.Columns;
import io.oomstream.cli.report.EventNode;
import io.oomstream.cli.report.EvidenceLine;
import io.oomstream.cli.report.ExplainStory;
import io.oomstream.cli.report.Incident;
import io.oomstream.cli.report.KillStory;
import io.oomstream.cli.report.MemoryShare;
import io.oomstream.cli.report.MemoryStory;
import io.oomstream.diagnosis.context.Messages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One incident as a note: who, why, whose limit, what to do, and the state it is read from. */
final class KillCard {

  /** Lines of a card that is not to be full. */
  static final int LINES = 30;

  private static final int EVIDENCE = 3;
  private static final int ZONES = 3;
  private static final int TASKS = 4;
  private static final int ALL = Integer.MAX_VALUE;

  private final TextStyle style;
  private final Messages words;

  KillCard(TextStyle style, Messages words) {
    this.style = style;
    this.words = words;
  }

  /**
   * The card, each line with its end.
   *
   * @param number in the index; null if there is none
   * @param more of what else the card stands for; null if for nothing
   */
  String render(Incident incident, @Nullable Integer number, @Nullable String more) {
    boolean full = style.detail() == TextStyle.Detail.FULL;
    EventNode data = incident.data();
    KillStory story = new KillStory(data, words);
    MemoryStory memory = new MemoryStory(data.at("memory"), words);
    Note note = new Note(full ? ALL : LINES, style, words);
    note.text(label("cause"), story.cause(), full ? ALL : 2, 1, 90);
    note.text(label("limit"), story.limit(), full ? ALL : 2, 1, 88);
    note.list(label("advice"), story.advice(), ALL, 2, 85);
    note.text(label("why"), story.why(), ALL, 3, 80);
    note.text(label("also"), also(incident, words), full ? ALL : 2, 1, 75);
    note.text(label("more"), more, ALL, 1, 74);
    note.list(label("evidence"), evidence(data), full ? ALL : EVIDENCE, 1, 18);
    note.text(label("memory"), memory.totals(), full ? ALL : 2, 2, 70);
    note.text(label("boot"), memory.boot(), full ? ALL : 2, 1, 16);
    note.text(label("shares"), MemoryShare.sentence(data, words), full ? ALL : 2, 1, 15);
    note.list(label("zones"), memory.zones(ALL), full ? ALL : ZONES, 0, 25);
    note.text(label("asked"), story.trigger(), full ? ALL : 2, 1, 13);
    note.text(label("killed"), story.victim(), full ? ALL : 2, 1, 17);
    note.table(label("tasks"), TaskTableText.lines(data, full ? ALL : TASKS, words), 19);
    note.text(label("workload"), story.workload(), full ? ALL : 2, 1, 16);
    note.text(label("report"), story.report(), full ? ALL : 2, 1, 12);
    note.list(label("unread"), data.at("block").texts("unparsed"), ALL, 1, 11);
    String title = number == null ? story.title() : number + ". " + story.title();
    return note.render(title) + (style.explain() ? explain(data) : "");
  }

  /** Whom else the report killed: a group with {@code memory.oom.group} dies as a whole. */
  static @Nullable String also(Incident incident, Messages words) {
    List<EventNode> kills = incident.kills();
    if (kills.size() < 2) {
      return null;
    }
    List<String> names = new ArrayList<>();
    for (EventNode kill : kills.subList(1, kills.size())) {
      EventNode victim = kill.at("data").at("victim");
      String comm = victim.text("comm");
      Long pid = victim.number("pid");
      names.add(
          (comm == null || comm.isBlank() ? words.text("who.unnamed") : comm)
              + (pid == null ? "" : " (pid " + pid + ")"));
    }
    return words.text(
        "card.also",
        "kills",
        words.text("count.kill" + (names.size() == 1 ? "" : "s"), "count", names.size()),
        "who",
        String.join(words.text("list.separator"), names));
  }

  private String explain(EventNode data) {
    StringBuilder out = new StringBuilder();
    String head = words.text("report.label.explained");
    out.append("  ").append(style.paint().label(head)).append('\n');
    for (String sentence : ExplainStory.of(data, words)) {
      for (String line : Columns.wrap("- " + sentence, style.columns() - 4)) {
        out.append("    ").append(line).append('\n');
      }
    }
    return out.toString();
  }

  private String label(String name) {
    return words.text("report.label." + name);
  }

  private List<String> evidence(EventNode data) {
    List<String> lines = new ArrayList<>();
    for (EvidenceLine evidence : EvidenceLine.of(data.at("cause"), words)) {
      lines.add(evidence.fact() + ": " + evidence.figure());
    }
    return lines;
  }
}

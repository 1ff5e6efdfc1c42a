package io.oomstream.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.summary.Coverage;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Messages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events as an incident note for a terminal: no colours, under 25 lines of 100 columns for a kill.
 */
public final class TextReport {

  /** Lines of a kill. */
  static final int LINES = 24;

  private static final int EVIDENCE = 3;
  private static final int ZONES = 3;
  private static final int TASKS = 4;

  private final Messages words;
  private final StringBuilder out = new StringBuilder();

  private TextReport(Messages words) {
    this.words = words;
  }

  /** In English. */
  public static String render(List<JsonNode> events) {
    return render(events, Messages.in(Language.EN), null, false);
  }

  /**
   * The report.
   *
   * @param events structured CloudEvents; those that are neither kills nor signals are left out
   */
  public static String render(List<JsonNode> events, Messages words) {
    return render(events, words, null, false);
  }

  /**
   * Likewise, with what was read.
   *
   * @param coverage what was read; null where that is not known
   * @param explain each kill with what its figures mean
   */
  public static String render(
      List<JsonNode> events, Messages words, @Nullable Coverage coverage, boolean explain) {
    EventList list = EventList.of(events);
    TextReport report = new TextReport(words);
    if (list.isEmpty()) {
      List<String> nothing =
          coverage == null ? List.of(words.text("report.nothing")) : coverage.nothing();
      nothing.forEach(report::wrapped);
      report.covered(coverage);
      return report.out.toString();
    }
    for (EventNode kill : list.kills()) {
      report.kill(kill);
      if (explain) {
        report.explain(kill);
      }
      report.out.append('\n');
    }
    for (EventNode block : list.unfinished()) {
      report.wrapped(UnfinishedBlocks.sentence(block, words));
      UnfinishedBlocks.unread(block, words).forEach(report::wrapped);
      if (coverage != null) {
        coverage.pieces().forEach(report::wrapped);
      }
      report.out.append('\n');
    }
    if (!list.signals().isEmpty()) {
      report.out.append(words.text("report.signals")).append('\n');
      list.signals().forEach(signal -> report.signal(SignalStory.of(signal.at("data"), words)));
      report.out.append('\n');
    }
    report.out.append(list.counts(words)).append('\n');
    report.covered(coverage);
    return report.out.toString();
  }

  private void wrapped(String text) {
    Columns.wrap(text, Note.WIDTH).forEach(line -> out.append(line).append('\n'));
  }

  private void covered(@Nullable Coverage coverage) {
    if (coverage != null) {
      wrapped(coverage.sentence());
    }
  }

  private void kill(EventNode event) {
    EventNode data = event.at("data");
    KillStory story = new KillStory(data, words);
    MemoryStory memory = new MemoryStory(data.at("memory"), words);
    Note note = new Note(LINES);
    note.text(label("cause"), story.cause(), 2, 1, 90);
    note.text(label("why"), story.why(), Integer.MAX_VALUE, 3, 80);
    note.list(label("advice"), story.advice(), 2, 85);
    note.text(label("limit"), story.limit(), 2, 1, 30);
    note.list(label("evidence"), evidence(data), 1, 18);
    note.text(label("memory"), memory.totals(), 2, 2, 70);
    note.text(label("boot"), memory.boot(), 2, 1, 16);
    note.text(label("shares"), MemoryShare.sentence(data, words), 2, 1, 15);
    note.list(label("zones"), memory.zones(ZONES), 0, 25);
    note.text(label("asked"), story.trigger(), 2, 1, 13);
    note.text(label("killed"), story.victim(), 2, 1, 17);
    note.table(label("tasks"), TaskTableText.lines(data, TASKS, words), 19);
    note.text(label("workload"), story.workload(), 2, 1, 16);
    note.text(label("report"), story.report(), 2, 1, 12);
    note.list(label("unread"), data.at("block").texts("unparsed"), 1, 11);
    out.append(note.render(story.title()));
  }

  private void explain(EventNode event) {
    out.append("  ").append(words.text("report.label.explained")).append('\n');
    for (String sentence : ExplainStory.of(event.at("data"), words)) {
      for (String line : Columns.wrap("- " + sentence, Note.WIDTH - 4)) {
        out.append("    ").append(line).append('\n');
      }
    }
  }

  private String label(String name) {
    return words.text("report.label." + name);
  }

  private List<String> evidence(EventNode data) {
    List<EvidenceLine> all = EvidenceLine.of(data.at("cause"), words);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < all.size() && i < EVIDENCE; i++) {
      lines.add(all.get(i).fact() + ": " + all.get(i).figure());
    }
    return lines;
  }

  private void signal(SignalStory signal) {
    String where =
        new Phrase()
            .add("", signal.host())
            .add("", signal.when())
            .add("", signal.subject())
            .inBrackets();
    String text = signal.summary() == null ? signal.measured() : signal.summary();
    String severity = signal.severity() == null ? "" : signal.severity();
    String head = severity + " ".repeat(Math.max(1, 9 - severity.length()));
    List<String> lines =
        Columns.wrap(
            head
                + (signal.kind() == null ? "" : signal.kind())
                + where
                + (text == null ? "" : ": " + text),
            Note.WIDTH - 4);
    for (int i = 0; i < lines.size(); i++) {
      out.append(i == 0 ? "  " : "    ").append(lines.get(i)).append('\n');
    }
  }
}

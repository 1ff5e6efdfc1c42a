package io.oomstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events as an incident note for a terminal: no colours, no more than 25 lines for a kill. */
public final class TextReport {

  private static final int WIDTH = 100;
  private static final int LABEL = 12;
  private static final int EVIDENCE = 3;
  private static final int ZONES = 2;
  private static final int TASKS = 5;

  private final StringBuilder out = new StringBuilder();

  private TextReport() {}

  /**
   * The report.
   *
   * @param events structured CloudEvents; those that are neither kills nor signals are left out
   */
  public static String render(List<JsonNode> events) {
    EventList list = EventList.of(events);
    if (list.isEmpty()) {
      return EventList.NOTHING + "\n";
    }
    TextReport report = new TextReport();
    for (EventNode kill : list.kills()) {
      report.kill(kill);
      report.out.append('\n');
    }
    if (!list.signals().isEmpty()) {
      report.out.append("SIGNALS\n");
      list.signals().forEach(signal -> report.signal(SignalStory.of(signal.at("data"))));
      report.out.append('\n');
    }
    report.out.append(list.counts()).append('\n');
    return report.out.toString();
  }

  private void kill(EventNode event) {
    EventNode data = event.at("data");
    KillStory story = new KillStory(data);
    out.append("OOM KILL: ").append(story.headline()).append('\n');
    field("Why", story.summary(), 2);
    field("Cause", story.cause(), 1);
    field("Limit", story.limit(), 1);
    evidence(EvidenceLine.of(data.at("cause")));
    field("Memory", MemoryStory.totals(data.at("memory")), 1);
    field("Shares", shares(MemoryShare.of(data)), 2);
    list("Zones", MemoryStory.zones(data.at("memory")), ZONES);
    field("Victim", story.victim(), 2);
    tasks(TaskTable.of(data, TASKS));
    field("Trigger", story.trigger(), 1);
    field("Workload", story.workload(), 2);
    field("Report", story.report(), 1);
  }

  private static @Nullable String shares(List<MemoryShare> shares) {
    return shares.isEmpty()
        ? null
        : String.join(", ", shares.stream().map(MemoryShare::words).toList());
  }

  private void evidence(List<EvidenceLine> evidence) {
    list(
        "Evidence",
        evidence.stream().map(line -> line.fact() + ": " + line.figure()).toList(),
        EVIDENCE);
  }

  private void list(String label, List<String> lines, int limit) {
    for (int i = 0; i < lines.size() && i < limit; i++) {
      boolean more = i == limit - 1 && lines.size() > limit;
      String line = lines.get(i) + (more ? " (" + (lines.size() - limit) + " more)" : "");
      field(i == 0 ? label : "", line, 1);
    }
  }

  private void tasks(List<TaskTable.Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    label("Tasks");
    cells(TaskTable.COLUMNS);
    for (TaskTable.Row row : rows) {
      label(row.victim() ? "killed >" : "");
      cells(row.cells());
    }
  }

  private void cells(List<String> cells) {
    StringBuilder line = new StringBuilder();
    int last = cells.size() - 1;
    for (int i = 0; i < last; i++) {
      int width = i == 0 ? 8 : 13;
      line.append(" ".repeat(Math.max(0, width - cells.get(i).length()))).append(cells.get(i));
    }
    out.append(line).append("  ").append(cells.get(last)).append('\n');
  }

  private void label(String label) {
    out.append("  ").append(label).append(" ".repeat(Math.max(1, LABEL - 2 - label.length())));
  }

  /** A labelled text on so many lines; what does not fit ends the last one, which may be long. */
  private void field(String label, @Nullable String text, int lines) {
    if (text == null) {
      return;
    }
    List<String> wrapped = wrap(text, WIDTH - LABEL, lines);
    for (int i = 0; i < wrapped.size(); i++) {
      label(i == 0 ? label : "");
      out.append(wrapped.get(i)).append('\n');
    }
  }

  private static List<String> wrap(String text, int width, int lines) {
    List<String> wrapped = new ArrayList<>();
    String rest = text;
    while (rest.length() > width && wrapped.size() < lines - 1) {
      int cut = rest.lastIndexOf(' ', width);
      while (cut > 0 && Character.isDigit(rest.charAt(cut - 1))) {
        cut = rest.lastIndexOf(' ', cut - 1); // a figure keeps its unit
      }
      if (cut <= 0) {
        break;
      }
      wrapped.add(rest.substring(0, cut));
      rest = rest.substring(cut + 1);
    }
    wrapped.add(rest);
    return wrapped;
  }

  private void signal(SignalStory signal) {
    StringBuilder line = new StringBuilder("  ");
    line.append(pad(signal.severity(), 9)).append(signal.kind() == null ? "" : signal.kind());
    String where =
        new Phrase()
            .add("", signal.host())
            .add("", signal.when())
            .add("", signal.subject())
            .inBrackets();
    line.append(where);
    String words = signal.summary() == null ? signal.measured() : signal.summary();
    out.append(line).append(words == null ? "" : ": " + words).append('\n');
  }

  private static String pad(@Nullable String text, int width) {
    String known = text == null ? "" : text;
    return known + " ".repeat(Math.max(1, width - known.length()));
  }
}

package io.oomstream.cli.text;

import io.oomstream.cli.report.EventNode;
import io.oomstream.cli.report.Phrase;
import io.oomstream.cli.report.SignalStory;
import io.oomstream.diagnosis.context.Messages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signals as a list; of those of one kind, host and subject the worst stands for all. */
final class SignalLines {

  /** Rows where not all are wanted. */
  private static final int MOST = 12;

  private static final List<String> SEVERITIES = List.of("CRITICAL", "WARNING", "INFO");

  /**
   * A row.
   *
   * @param severity empty if it is not known
   */
  record Row(String severity, String text) {}

  /**
   * The list.
   *
   * @param rows worst first, but for a full list
   * @param leftOut how many signals no row stands for
   */
  record Of(List<Row> rows, int leftOut) {}

  private record Group(EventNode worst, int count) {}

  private SignalLines() {}

  static Of of(List<EventNode> signals, boolean full, Messages words) {
    if (full) {
      return new Of(signals.stream().map(s -> row(s, 1, words)).toList(), 0);
    }
    Map<String, Group> groups = new LinkedHashMap<>();
    for (EventNode signal : signals) {
      EventNode data = signal.at("data");
      String key =
          data.text("kind") + "\n" + data.at("host").text("name") + "\n" + data.text("subject");
      groups.merge(key, new Group(signal, 1), SignalLines::worse);
    }
    List<Group> sorted = new ArrayList<>(groups.values());
    sorted.sort((a, b) -> Integer.compare(rank(a.worst()), rank(b.worst())));
    List<Row> rows = new ArrayList<>();
    int left = 0;
    for (Group group : sorted) {
      if (rows.size() < MOST) {
        rows.add(row(group.worst(), group.count(), words));
      } else {
        left += group.count();
      }
    }
    return new Of(rows, left);
  }

  private static Group worse(Group a, Group b) {
    int rank = Integer.compare(rank(a.worst()), rank(b.worst()));
    boolean first = rank < 0 || (rank == 0 && measured(a.worst()) >= measured(b.worst()));
    return new Group(first ? a.worst() : b.worst(), a.count() + b.count());
  }

  private static int rank(EventNode signal) {
    int at = SEVERITIES.indexOf(String.valueOf(signal.at("data").text("severity")));
    return at < 0 ? SEVERITIES.size() : at;
  }

  private static double measured(EventNode signal) {
    return signal.at("data").json().path("measured").asDouble(0);
  }

  private static Row row(EventNode event, int count, Messages words) {
    SignalStory signal = SignalStory.of(event.at("data"), words);
    String where =
        new Phrase()
            .add("", signal.host())
            .add("", signal.when())
            .add("", signal.subject())
            .inBrackets();
    @Nullable String text = signal.summary() == null ? signal.measured() : signal.summary();
    String severity = signal.severity() == null ? "" : signal.severity();
    String head = severity + " ".repeat(Math.max(1, 9 - severity.length()));
    return new Row(
        severity,
        head
            + (signal.kind() == null ? "" : signal.kind())
            + where
            + (text == null ? "" : ": " + text)
            + (count == 1 ? "" : words.text("index.signals-alike", "count", count - 1)));
  }
}

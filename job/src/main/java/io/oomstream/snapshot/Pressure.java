package io.oomstream.snapshot;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /proc/pressure/memory} ({@code kernel/sched/psi.c: psi_show}): the share of the last
 * minute in which tasks waited for memory, in hundredths of a percent.
 *
 * @param some at least one task waited
 * @param full all of them did
 */
record Pressure(@Nullable Long some, @Nullable Long full) {

  private static final String MINUTE = "avg60=";

  /** Null for what is not such a file. */
  static @Nullable Pressure parse(String text) {
    Long some = null;
    Long full = null;
    for (String line : ProcText.lines(text)) {
      List<String> words = ProcText.words(line);
      for (String word : words) {
        if (word.startsWith(MINUTE) && words.get(0).equals("some")) {
          some = hundredths(word.substring(MINUTE.length()));
        } else if (word.startsWith(MINUTE) && words.get(0).equals("full")) {
          full = hundredths(word.substring(MINUTE.length()));
        }
      }
    }
    return some == null && full == null ? null : new Pressure(some, full);
  }

  private static @Nullable Long hundredths(String text) {
    int point = text.indexOf('.');
    Long whole = ProcText.number(point < 0 ? text : text.substring(0, point));
    String rest = point < 0 ? "" : text.substring(point + 1);
    Long part = ProcText.number((rest + "00").substring(0, 2));
    return whole == null || part == null || whole < 0 || whole > 100 ? null : whole * 100 + part;
  }
}

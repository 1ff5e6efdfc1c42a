package io.oomstream.cli.input.paste;

import io.oomstream.kernel.LineRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The oldest line first: stores and {@code journalctl -r} show the newest first. */
final class PasteOrder {

  private PasteOrder() {}

  static List<LineRead> oldestFirst(List<LineRead> lines) {
    int turned = 0;
    LineRule before = null;
    for (LineRead line : lines) {
      LineRule rule = line.rule();
      if (rule != null && before != null) {
        turned += follows(rule, before) ? 1 : follows(before, rule) ? -1 : 0;
      }
      before = line.isBlank() ? before : rule;
    }
    if (turned <= 0) {
      return lines;
    }
    List<LineRead> out = new ArrayList<>(lines);
    Collections.reverse(out);
    return out;
  }

  /** Whether the kernel writes the second right behind the first, and never before it. */
  private static boolean follows(LineRule first, LineRule second) {
    return switch (first) {
      case INVOKED -> second == LineRule.CPU_HEADER;
      case MEM_INFO -> second == LineRule.TOTALS_ANON || second == LineRule.COUNTERS;
      case TASK_HEADER -> second == LineRule.TASK_ROW;
      case SUMMARY -> second == LineRule.KILLED;
      default -> false;
    };
  }
}

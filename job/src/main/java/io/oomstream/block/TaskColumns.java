package io.oomstream.block;

import java.util.ArrayList;
import java.util.List;

/**
 * What the columns between the pid and the name mean, by the header's names or by the row's form.
 */
final class TaskColumns {

  private static final String UID = "uid";
  private static final String TGID = "tgid";
  private static final String TOTAL_VM = "total_vm";
  private static final String RSS = "rss";
  private static final String ADJ = "oom_score_adj";
  private static final String UNKNOWN = "";

  /** {@code mm/oom_kill.c: dump_task} pads the pid to seven places since 4.19. */
  private static final int MODERN_WIDTH = 7;

  private TaskColumns() {}

  /** The names between the bracket and {@code name}; empty if this is no header. */
  static List<String> ofHeader(String text) {
    List<String> names = new ArrayList<>();
    int close = text.indexOf(']');
    for (String word : text.substring(close + 1).trim().split(" +")) {
      if (word.equals("name")) {
        return names;
      }
      names.add(word);
    }
    return names.size() <= TaskRow.MAX_COLUMNS ? names : List.of();
  }

  /**
   * Where the header is lost, as far as the rows tell: a name may begin with numbers, so the
   * shortest row counts.
   */
  static List<String> ofRows(List<TaskRow> rows) {
    int fewest = TaskRow.MAX_COLUMNS;
    boolean modern = false;
    for (TaskRow row : rows) {
      fewest = Math.min(fewest, row.countNumbers());
      modern |= row.bracketWidth() == MODERN_WIDTH && row.padded();
    }
    if (fewest >= 10) {
      return List.of(
          UID,
          TGID,
          TOTAL_VM,
          RSS,
          "rss_anon",
          "rss_file",
          "rss_shmem",
          "pgtables_bytes",
          "swapents",
          ADJ);
    }
    if (fewest >= 8) {
      return List.of(UID, TGID, TOTAL_VM, RSS, "nr_ptes", "nr_pmds", "swapents", ADJ);
    }
    if (fewest == 7) {
      return modern
          ? List.of(UID, TGID, TOTAL_VM, RSS, "pgtables_bytes", "swapents", ADJ)
          : List.of(UID, TGID, TOTAL_VM, RSS, UNKNOWN, UNKNOWN, ADJ);
    }
    return List.of(UID, TGID, TOTAL_VM, RSS, "cpu", "oom_adj");
  }
}

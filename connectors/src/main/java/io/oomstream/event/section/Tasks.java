package io.oomstream.event.section;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's task table. Sizes are bytes; absent where the page size is not known.
 *
 * @param count rows in the log
 * @param rows those with most memory first
 * @param byComm grouped by name, most memory first; in an event only the first names
 * @param names number of different names
 */
public record Tasks(int count, List<Row> rows, List<Group> byComm, int names, Totals totals) {

  /**
   * The first rows and names; the victim's row is always among them, as the last where it holds
   * less.
   */
  public Tasks first(int mostRows, int mostNames, @Nullable Long victim) {
    return rows.size() <= mostRows && byComm.size() <= mostNames
        ? this
        : new Tasks(
            count,
            firstRows(mostRows, victim),
            List.copyOf(byComm.subList(0, Math.min(mostNames, byComm.size()))),
            names,
            totals);
  }

  private List<Row> firstRows(int most, @Nullable Long victim) {
    if (rows.size() <= most) {
      return rows;
    }
    List<Row> kept = new ArrayList<>(rows.subList(0, most));
    for (Row row : rows.subList(most, rows.size())) {
      if (most > 0 && row.pid() != null && row.pid().equals(victim)) {
        kept.set(most - 1, row);
        break;
      }
    }
    return List.copyOf(kept);
  }

  /** One task. */
  public record Row(
      @Nullable Long pid,
      @Nullable Long tgid,
      @Nullable Long uid,
      @Nullable String comm,
      @Nullable Integer oomScoreAdj,
      @Nullable Long totalVmBytes,
      @Nullable Long rssBytes,
      @Nullable Long anonRssBytes,
      @Nullable Long fileRssBytes,
      @Nullable Long shmemRssBytes,
      @Nullable Long pageTableBytes,
      @Nullable Long swapBytes) {}

  /** All tasks of one name. */
  public record Group(
      String comm,
      int count,
      @Nullable Long rssBytes,
      @Nullable Long swapBytes,
      @Nullable Long pageTableBytes) {}

  /** Sums over the whole table; shared pages count once per task. */
  public record Totals(
      @Nullable Long rssBytes, @Nullable Long swapBytes, @Nullable Long pageTableBytes) {}
}

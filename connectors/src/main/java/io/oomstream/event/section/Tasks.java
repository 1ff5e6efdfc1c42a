package io.oomstream.event.section;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's task table. Sizes are bytes; absent where the page size is not known.
 *
 * @param count rows in the log
 * @param rows those with most memory first
 * @param byComm grouped by name, most memory first
 */
public record Tasks(int count, List<Row> rows, List<Group> byComm, Totals totals) {

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

package io.oomstream.block.victim;

import io.oomstream.block.line.SummaryLine;
import io.oomstream.block.text.Digits;
import io.oomstream.block.text.Figure;
import io.oomstream.block.text.Latin1;
import io.oomstream.event.section.Tasks;
import io.oomstream.event.section.Victim;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The killed process: the kill line's figures first, the table's for what it lacks. */
public final class VictimReader {

  private VictimReader() {}

  /**
   * One victim.
   *
   * @param task its row; null if the table does not hold it
   * @param choice how it was chosen
   * @param summary the summary line, if it is about this process
   */
  public static Victim of(
      KillList.RawKill kill,
      TaskTable.@Nullable Task task,
      @Nullable SummaryLine summary,
      @Nullable Tasks tasks,
      @Nullable Long pageSize,
      @Nullable Long totalBytes,
      VictimChoice choice) {
    KillLine line = kill.facts();
    String comm = line.comm();
    Long uid = line.uid() != null ? line.uid() : summary == null ? null : summary.uid();
    Figure adj = line.figures().get("oom_score_adj");
    Long printedVm = or(line.bytes("total-vm"), or(line.bytes("vsz"), line.bytes("vm")));
    Long anon = or(line.bytes("anon-rss"), pages(task, "rss_anon", pageSize));
    Long file = or(line.bytes("file-rss"), pages(task, "rss_file", pageSize));
    Long shmem = or(line.bytes("shmem-rss"), pages(task, "rss_shmem", pageSize));
    return new Victim(
        line.pid(),
        comm == null ? null : Latin1.decode(comm),
        comm == null || Latin1.isUtf8(comm)
            ? null
            : HexFormat.of().formatHex(comm.getBytes(StandardCharsets.ISO_8859_1)),
        or(uid, task == null ? null : task.get("uid")),
        Digits.toInt(
            adj != null
                ? Long.valueOf(adj.value())
                : task == null ? null : task.get("oom_score_adj")),
        or(printedVm, pages(task, "total_vm", pageSize)),
        anon,
        file,
        shmem,
        rss(line, task, pageSize),
        pageTables(line, task, pageSize),
        or(line.bytes("swap"), pages(task, "swapents", pageSize)),
        BadnessFormula.of(tasks, line.pid(), pageSize, totalBytes, kill.printedScore(), choice));
  }

  /** Up to 4.4 {@code file-rss} holds the shared pages too. */
  private static @Nullable Long rss(
      KillLine line, TaskTable.@Nullable Task task, @Nullable Long pageSize) {
    Long sum = Digits.plus(line.bytes("anon-rss"), line.bytes("file-rss"));
    if (line.figures().containsKey("shmem-rss")) {
      sum = Digits.plus(sum, line.bytes("shmem-rss"));
    } else if (!line.hasWholeRss()) {
      sum = null;
    }
    return or(or(sum, line.bytes("rss")), pages(task, "rss", pageSize));
  }

  /**
   * 5.4.0 to 5.4.8 print bytes and call them kB ({@code mm/oom_kill.c}, mended by 941f762bcb27):
   * then the number is that of the row, which is in bytes.
   */
  private static @Nullable Long pageTables(
      KillLine line, TaskTable.@Nullable Task task, @Nullable Long pageSize) {
    Figure printed = line.figures().get("pgtables");
    Long row = task == null ? null : task.pageTableBytes(pageSize);
    if (printed == null) {
      return row;
    }
    Long rowBytes = task == null ? null : task.get("pgtables_bytes");
    boolean mislabelled = rowBytes != null && rowBytes == printed.value();
    if (mislabelled) {
      return rowBytes;
    }
    Long size = line.bytes("total-vm");
    Long tables = printed.bytes();
    // No tables are bigger than what they map: then these are bytes, and there is no row to prove
    // it.
    boolean impossible = size == null || (tables != null && tables > size && size > 0);
    return or(impossible ? null : tables, row);
  }

  private static @Nullable Long pages(
      TaskTable.@Nullable Task task, String column, @Nullable Long pageSize) {
    return task == null ? null : Digits.times(task.get(column), pageSize);
  }

  private static @Nullable Long or(@Nullable Long first, @Nullable Long second) {
    return first != null ? first : second;
  }
}

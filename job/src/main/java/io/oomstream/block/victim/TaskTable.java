package io.oomstream.block.victim;

import io.oomstream.assemble.segment.CutMark;
import io.oomstream.block.text.Digits;
import io.oomstream.block.text.Latin1;
import io.oomstream.event.section.Tasks;
import io.oomstream.kernel.LineRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The task table ({@code mm/oom_kill.c: dump_tasks}): every row, in pages until the end. */
public final class TaskTable {

  /**
   * A row by the header's names.
   *
   * @param comm in Latin-1; null if the row was cut before it
   */
  public record Task(long pid, @Nullable String comm, Map<String, Long> columns) {

    @Nullable
    public Long get(String name) {
      return columns.get(name);
    }

    /** Page tables: bytes since 4.15, pages of them before. */
    @Nullable Long pageTableBytes(@Nullable Long pageSize) {
      Long bytes = columns.get("pgtables_bytes");
      if (bytes != null) {
        return bytes;
      }
      Long ptes = columns.get("nr_ptes");
      Long pmds = columns.get("nr_pmds");
      return Digits.times(pmds == null ? ptes : Digits.plus(ptes, pmds), pageSize);
    }
  }

  /** Fewer numbers than any kernel prints. */
  private static final int FEWEST = 6;

  private List<String> header = List.of();

  /** No row was longer where it was cut. */
  private int widthOfCutHeader = Integer.MAX_VALUE;

  private final List<TaskRow> rows = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private @Nullable List<@Nullable Task> read;

  public boolean take(LineRule rule, String text) {
    if (rule == LineRule.TASK_HEADER) {
      header = TaskColumns.ofHeader(text);
      widthOfCutHeader = TaskColumns.isCut(text) ? text.length() : Integer.MAX_VALUE;
      return !header.isEmpty() && !TaskColumns.isCut(text);
    }
    if (rule != LineRule.TASK_ROW) {
      return true;
    }
    TaskRow row = TaskRow.parse(text);
    if (row == null || row.countNumbers() < FEWEST) {
      return false;
    }
    if (seen.add(text)) {
      rows.add(row);
    }
    return true;
  }

  /** The rows in the kernel's order. */
  public List<Task> tasks() {
    return read().stream().filter(task -> task != null).toList();
  }

  /** How many rows can't be read because their columns do not stand as the others' do. */
  /** Whether a row ends before its name. */
  public boolean hasCutRows() {
    return read().stream().anyMatch(task -> task != null && task.comm() == null);
  }

  public int misfits() {
    return (int) read().stream().filter(task -> task == null).count();
  }

  private List<@Nullable Task> read() {
    if (read == null) {
      List<String> columns = TaskColumns.of(header, rows);
      read = new ArrayList<>(rows.size());
      int fitting = 0;
      for (TaskRow row : rows) {
        int[] ends = new int[columns.size()];
        boolean fits = row.numbers(columns.size(), ends) != null;
        fitting += fits && TaskColumns.areWide(columns, row.numbersFrom(), ends) ? 1 : 0;
      }
      // A collector may squeeze blanks, a vendor may print narrower columns: then of all rows.
      boolean wide = fitting > 0 && fitting * 2 >= rows.size();
      for (TaskRow row : rows) {
        read.add(task(row, columns, wide));
      }
    }
    return read;
  }

  private @Nullable Task task(TaskRow row, List<String> columns, boolean wide) {
    int[] ends = new int[columns.size()];
    long[] numbers = row.numbers(columns.size(), ends);
    if (numbers == null && row.isCut()) {
      return cut(row, columns, wide);
    }
    if (numbers == null || (wide && !TaskColumns.areWide(columns, row.numbersFrom(), ends))) {
      return null;
    }
    Map<String, Long> values = new HashMap<>();
    for (int i = 0; i < numbers.length; i++) {
      if (!TaskColumns.isPossible(columns.get(i), numbers[i])) {
        return null;
      }
      if (numbers[i] >= 0 || TaskColumns.isSigned(columns.get(i))) {
        values.put(columns.get(i), numbers[i]);
      }
    }
    if (!TaskColumns.areAll(columns)) {
      return new Task(row.pid(), null, values);
    }
    int name = ends.length == 0 ? row.numbersFrom() : ends[ends.length - 1];
    return new Task(row.pid(), nameOf(row.text(), name + 1), values);
  }

  /** Null if the row was cut in it: a viewer's mark ends it, or the header ends there too. */
  private @Nullable String nameOf(String row, int from) {
    String name = row.substring(Math.min(from, row.length()));
    boolean marked = CutMark.at(name) < name.length();
    return marked || row.length() >= widthOfCutHeader ? null : name;
  }

  /** What is left of a row that was cut at the right: the figures that are whole. */
  private static @Nullable Task cut(TaskRow row, List<String> columns, boolean wide) {
    int count = Math.min(row.countWhole(), columns.size());
    int[] ends = new int[count];
    long[] numbers = row.numbers(count, ends);
    if (numbers == null || (wide && !TaskColumns.areWide(columns, row.numbersFrom(), ends))) {
      return null;
    }
    Map<String, Long> values = new HashMap<>();
    for (int i = 0; i < count; i++) {
      if (!TaskColumns.isPossible(columns.get(i), numbers[i])) {
        return null;
      }
      values.put(columns.get(i), numbers[i]);
    }
    return new Task(row.pid(), null, values);
  }

  /** By process; a row's pid may be that of the thread that still had the memory. */
  public static Map<Long, Task> byPid(List<Task> tasks) {
    Map<Long, Task> byPid = new HashMap<>();
    tasks.forEach(task -> byPid.putIfAbsent(task.pid(), task));
    for (Task task : tasks) {
      Long tgid = task.get("tgid");
      if (tgid != null) {
        byPid.putIfAbsent(tgid, task);
      }
    }
    return byPid;
  }

  public static @Nullable Tasks toTasks(List<Task> tasks, @Nullable Long pageSize) {
    if (tasks.isEmpty()) {
      return null;
    }
    List<Tasks.Row> all = new ArrayList<>(tasks.size());
    tasks.stream()
        .sorted(
            Comparator.comparingLong((Task t) -> -weight(t, pageSize)).thenComparingLong(Task::pid))
        .forEach(task -> all.add(toRow(task, pageSize)));
    List<Tasks.Group> names = TaskGroups.byComm(all);
    return new Tasks(all.size(), all, names, names.size(), TaskGroups.totals(all));
  }

  private static Tasks.Row toRow(Task task, @Nullable Long pageSize) {
    return new Tasks.Row(
        task.pid(),
        task.get("tgid"),
        task.get("uid"),
        task.comm() == null ? null : Latin1.decode(task.comm()),
        Digits.toInt(task.get("oom_score_adj")),
        Digits.times(task.get("total_vm"), pageSize),
        Digits.times(task.get("rss"), pageSize),
        Digits.times(task.get("rss_anon"), pageSize),
        Digits.times(task.get("rss_file"), pageSize),
        Digits.times(task.get("rss_shmem"), pageSize),
        task.pageTableBytes(pageSize),
        Digits.times(task.get("swapents"), pageSize));
  }

  /** What the task holds; in pages, without page tables, where the page size is not known. */
  private static long weight(Task task, @Nullable Long pageSize) {
    long pages = orZero(task.get("rss")) + orZero(task.get("swapents"));
    return pageSize == null
        ? pages
        : orZero(Digits.times(pages, pageSize)) + orZero(task.pageTableBytes(pageSize));
  }

  private static long orZero(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}

package io.oomstream.block.victim;

import io.oomstream.event.section.Badness;
import io.oomstream.event.section.Tasks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the kernel ranked a process, recomputed from the task table: {@code oom_badness} of
 * mm/oom_kill.c, kernels since 2.6.36.
 */
public final class BadnessFormula {

  private static final int NEVER = -1000;
  private static final long SLACK_PERMILLE = 10;
  private static final long INIT = 1;

  private BadnessFormula() {}

  /**
   * The victim's badness.
   *
   * @param tasks the whole table
   * @param pid the victim's
   * @param pageSizeBytes of the machine
   * @param totalBytes the memory that counted: managed memory and swap, or the control group's
   *     limits; null if not known
   * @param printedScore the score on the kill line of kernels up to 5.0; null where none is printed
   * @return null if the table does not hold the victim and no score was printed
   */
  public static @Nullable Badness of(
      @Nullable Tasks tasks,
      long pid,
      @Nullable Long pageSizeBytes,
      @Nullable Long totalBytes,
      @Nullable Long printedScore) {
    return of(tasks, pid, pageSizeBytes, totalBytes, printedScore, null);
  }

  /**
   * The same, with why others had more points.
   *
   * @param choice null if nothing is known of it
   */
  static @Nullable Badness of(
      @Nullable Tasks tasks,
      long pid,
      @Nullable Long pageSizeBytes,
      @Nullable Long totalBytes,
      @Nullable Long printedScore,
      @Nullable VictimChoice choice) {
    Tasks.Row row = tasks == null ? null : find(tasks, pid);
    Badness printedOnly =
        printedScore == null ? null : new Badness(null, null, printedScore, null, null, null);
    if (tasks == null || row == null || pageSizeBytes == null || pageSizeBytes <= 0) {
      return printedOnly;
    }
    Long totalPages =
        totalBytes == null || totalBytes < pageSizeBytes
            ? null
            : Long.valueOf(totalBytes / pageSizeBytes);
    BadnessVariant.Input input = input(row, pageSizeBytes, totalPages);
    if (input == null) {
      List<VictimChoice.Weighed> above =
          allOfOneAdj(tasks) ? above(asIfUnadjusted(tasks), row, pageSizeBytes) : null;
      return above == null
          ? printedOnly
          : new Badness(
              null,
              null,
              printedScore,
              above.size() + 1,
              null,
              notHighest(choice, unadjusted(row), BadnessVariant.PLAIN, pageSizeBytes, above));
    }
    BadnessVariant variant = BadnessVariant.thatPrints(printedScore, input);
    List<VictimChoice.Weighed> above = above(tasks.rows(), row, variant, pageSizeBytes, totalPages);
    return new Badness(
        variant.points(input),
        near(variant.score(input), printedScore),
        printedScore,
        above == null ? null : Integer.valueOf(above.size() + 1),
        variant.words(input),
        above == null || choice == null ? null : choice.notHighest(variant.points(input), above));
  }

  /**
   * The score, unless the kernel printed quite another: then the memory that counted is not what
   * the block seems to say. The table is printed a moment after the choice.
   */
  private static @Nullable Long near(@Nullable Long score, @Nullable Long printed) {
    boolean apart =
        score != null
            && printed != null
            && Math.abs(score - printed) > Math.max(SLACK_PERMILLE, Math.abs(printed) / 50);
    return apart ? null : score;
  }

  private static Badness.@Nullable NotHighest notHighest(
      @Nullable VictimChoice choice,
      Tasks.Row row,
      BadnessVariant variant,
      long pageSizeBytes,
      List<VictimChoice.Weighed> above) {
    BadnessVariant.Input input = input(row, pageSizeBytes, null);
    return choice == null || input == null ? null : choice.notHighest(variant.points(input), above);
  }

  /** A row's pid may be that of the thread that still had the memory: then the process tells. */
  private static Tasks.@Nullable Row find(Tasks tasks, long pid) {
    Tasks.Row byProcess = null;
    for (Tasks.Row row : tasks.rows()) {
      if (row.pid() != null && row.pid() == pid) {
        return row;
      }
      if (byProcess == null && row.tgid() != null && row.tgid() == pid) {
        byProcess = row;
      }
    }
    return byProcess;
  }

  /** Where every candidate has the same adj it moves none before another, whatever it weighs. */
  private static boolean allOfOneAdj(Tasks tasks) {
    return tasks.rows().stream()
            .filter(BadnessFormula::isCandidate)
            .map(Tasks.Row::oomScoreAdj)
            .distinct()
            .count()
        == 1;
  }

  private static List<Tasks.Row> asIfUnadjusted(Tasks tasks) {
    return tasks.rows().stream()
        .filter(BadnessFormula::isCandidate)
        .map(BadnessFormula::unadjusted)
        .toList();
  }

  private static Tasks.Row unadjusted(Tasks.Row row) {
    return new Tasks.Row(
        row.pid(),
        row.tgid(),
        row.uid(),
        row.comm(),
        0,
        row.totalVmBytes(),
        row.rssBytes(),
        row.anonRssBytes(),
        row.fileRssBytes(),
        row.shmemRssBytes(),
        row.pageTableBytes(),
        row.swapBytes());
  }

  private static @Nullable List<VictimChoice.Weighed> above(
      List<Tasks.Row> candidates, Tasks.Row victim, long pageSizeBytes) {
    return isCandidate(victim)
        ? above(candidates, unadjusted(victim), BadnessVariant.PLAIN, pageSizeBytes, null)
        : null;
  }

  /** The row in pages; null where it can't be weighed. */
  private static BadnessVariant.@Nullable Input input(
      Tasks.Row row, long pageSizeBytes, @Nullable Long totalPages) {
    Long rss = row.rssBytes();
    Long swap = row.swapBytes();
    Long pageTables = row.pageTableBytes();
    Integer adj = row.oomScoreAdj();
    if (rss == null || swap == null || adj == null || (adj != 0 && totalPages == null)) {
      return null;
    }
    return new BadnessVariant.Input(
        rss / pageSizeBytes,
        swap / pageSizeBytes,
        pageTables == null ? null : Long.valueOf(pageTables / pageSizeBytes),
        adj,
        row.uid() != null && row.uid() == 0,
        totalPages);
  }

  /** The candidates that have more points; null if the victim or a candidate can't be weighed. */
  private static @Nullable List<VictimChoice.Weighed> above(
      List<Tasks.Row> rows,
      Tasks.Row victim,
      BadnessVariant variant,
      long pageSizeBytes,
      @Nullable Long totalPages) {
    BadnessVariant.Input own = input(victim, pageSizeBytes, totalPages);
    if (own == null || !isCandidate(victim)) {
      return null;
    }
    long points = variant.points(own);
    List<VictimChoice.Weighed> above = new ArrayList<>();
    for (Tasks.Row row : rows) {
      if (!isCandidate(row)) {
        continue;
      }
      BadnessVariant.Input other = input(row, pageSizeBytes, totalPages);
      if (other == null) {
        return null;
      }
      if (variant.points(other) > points) {
        above.add(new VictimChoice.Weighed(row, variant.points(other)));
      }
    }
    return above;
  }

  private static boolean isCandidate(Tasks.Row row) {
    return (row.oomScoreAdj() == null || row.oomScoreAdj() != NEVER)
        && (row.pid() == null || row.pid() != INIT);
  }
}

package io.oomstream.event.section;

import org.jspecify.annotations.Nullable;

/**
 * How the kernel ranked the victim, recomputed from its row of the task table.
 *
 * @param points pages
 * @param score points in thousandths of the memory that counted, as /proc/pid/oom_score of older
 *     kernels; absent where that memory is not known
 * @param printedScore the score that kernels up to 5.0 print
 * @param rank 1 = the table's highest
 * @param formula the sum in words
 * @param notHighest why {@code rank} is not 1; absent where it is
 */
public record Badness(
    @Nullable Long points,
    @Nullable Long score,
    @Nullable Long printedScore,
    @Nullable Integer rank,
    @Nullable String formula,
    @Nullable NotHighest notHighest) {

  /** Why the kernel did not kill the process with the most points. */
  public enum NotHighest {
    /** {@code vm.oom_kill_allocating_task}. */
    ALLOCATING_TASK,
    /** Its control group is killed as a whole. */
    OOM_GROUP,
    /** It shares the memory of the chosen one. */
    SHARES_MEMORY,
    /** Up to 5.0: a child of the chosen one was sacrificed in its place. */
    CHILD_OF_CHOSEN,
    /** The processes with more points were already dying. */
    HIGHER_ALREADY_DYING,
    /** The difference is smaller than the change of counters between the table and the choice. */
    NEAR_TIE,
    /** The block does not show it. */
    UNKNOWN
  }
}

package io.oomstream.event;

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
 */
public record Badness(
    @Nullable Long points,
    @Nullable Long score,
    @Nullable Long printedScore,
    @Nullable Integer rank,
    @Nullable String formula) {}

package io.oomstream.assemble;

/**
 * Where the conclusion of a host's lines stands: which moments of event time it has looked at, and
 * which comes next. It follows from the times of the lines alone, so that the same lines give the
 * same steps in whatever order they came.
 *
 * @param last the last step taken, milliseconds; {@link #NONE} before the first
 * @param next the first step to come; {@link #NEVER} if nothing waits
 * @param lines lines that the last step left: what the next one has to look at, at least
 */
public record StepPlan(long last, long next, int lines) {

  public static final long NONE = Long.MIN_VALUE;
  public static final long NEVER = Long.MAX_VALUE;
  public static final StepPlan EMPTY = new StepPlan(NONE, NEVER, 0);

  /** Steps are that far apart at least; more where a flood makes a step dear. */
  private static final long STEP_MS = 1_000;

  private static final int LINES_A_STEP = 5_000;

  /** The same plan with one more line to look at. */
  public StepPlan with(long time, long patienceMs) {
    long due = dueOf(time, patienceMs);
    return due < next ? new StepPlan(last, due, lines) : this;
  }

  /** The first step not taken that sees that the line's patience has passed. */
  public long dueOf(long time, long patienceMs) {
    return Math.max(after(time, patienceMs, lines), Times.plus(last, 1));
  }

  /**
   * The first moment of the steps' grid that is not before the time's patience has passed.
   *
   * @param lines that a step has to look at
   */
  public static long after(long time, long patienceMs, int lines) {
    long step = STEP_MS * (1 + lines / LINES_A_STEP);
    long due = Times.plus(Times.bounded(time), patienceMs);
    return Math.min(Times.plus(due, Math.floorMod(-due, step)), NEVER - 1);
  }
}

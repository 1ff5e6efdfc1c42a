package io.oomstream.assemble;

/**
 * The steps in which a host's lines are concluded: the last one and the next one. It depends on the
 * times of the lines only, so the same lines give the same steps in any order.
 *
 * @param last the last step taken, milliseconds; {@link #NONE} before the first
 * @param next the first step to come; {@link #NEVER} if nothing waits
 * @param lines number of lines that stayed after the last step
 */
public record StepPlan(long last, long next, int lines) {

  public static final long NONE = Long.MIN_VALUE;
  public static final long NEVER = Long.MAX_VALUE;
  public static final StepPlan EMPTY = new StepPlan(NONE, NEVER, 0);

  /** The least distance of two steps; it grows in a flood, which makes steps expensive. */
  private static final long STEP_MS = 1_000;

  private static final int LINES_A_STEP = 5_000;

  /** The same plan with one more line to look at. */
  public StepPlan with(long time, long patienceMs) {
    long due = dueOf(time, patienceMs);
    return due < next ? new StepPlan(last, due, lines) : this;
  }

  /** The first step not yet taken at which the line's patience is over. */
  public long dueOf(long time, long patienceMs) {
    return Math.max(after(time, patienceMs, lines), Times.plus(last, 1));
  }

  /**
   * The first moment of the steps' grid at which the patience after that time is over.
   *
   * @param lines number of lines that a step reads
   */
  public static long after(long time, long patienceMs, int lines) {
    long step = STEP_MS * (1 + lines / LINES_A_STEP);
    long due = Times.plus(Times.bounded(time), patienceMs);
    return Math.min(Times.plus(due, Math.floorMod(-due, step)), NEVER - 1);
  }
}

package io.oomstream.assemble;

import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.event.section.BlockInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done with a host's buffer at one moment of event time. Every line of the buffer is
 * in one of the counts or among the {@code orphans} or what is {@code left}.
 *
 * @param blocks finished blocks, in order
 * @param orphans lines that no block claims
 * @param left lines that stay, and notes
 * @param emitted number of lines in the blocks
 * @param forged number of lines from user space that look like the kernel's, each a block alone
 * @param overLimit number of lines that a block had no room for
 * @param unclaimed number of context lines that meant nothing
 * @param duplicates number of repeated deliveries
 * @param unended number of blocks that nothing in the log has ended
 * @param plan when to look again
 */
public record StepsResult(
    List<LineBlock> blocks,
    List<TimedLine> orphans,
    List<AssemblyInput> left,
    int emitted,
    int forged,
    int overLimit,
    int unclaimed,
    int duplicates,
    int unended,
    StepPlan plan) {

  /**
   * Event time that stands for "everything is due": the end of input, or a host that fell silent.
   */
  public static final long ALL = Long.MAX_VALUE;

  /**
   * Concludes what is due.
   *
   * @param now event time, milliseconds; {@link #ALL} to conclude everything
   * @param plan which steps the buffer has seen
   * @param refused lines that the buffer had to refuse: the blocks are then not complete
   * @param otherwise what ended blocks that nothing in the log has ended
   */
  static StepsResult of(
      List<AssemblyInput> buffer,
      long now,
      StepPlan plan,
      AssembleSettings settings,
      long refused,
      BlockInfo.ClosedBy otherwise) {
    long settled = now == ALL ? ALL : Times.minus(now, settings.stragglerMs());
    return new AssemblySteps(buffer, settings, refused, otherwise, plan).until(settled);
  }

  /** Whether it has torn nothing: what has left was whole, as far as the log says. */
  public boolean isFinished() {
    return unended == 0 && orphans.isEmpty();
  }

  /** A conclusion in the making. */
  static final class Builder {
    final List<LineBlock> blocks = new ArrayList<>();
    final List<TimedLine> orphans = new ArrayList<>();
    final List<AssemblyInput> left = new ArrayList<>();
    int emitted;
    int forged;
    int overLimit;
    int unclaimed;
    int duplicates;
    int unended;

    StepsResult build(StepPlan plan) {
      return new StepsResult(
          blocks, orphans, left, emitted, forged, overLimit, unclaimed, duplicates, unended, plan);
    }
  }
}

package io.oomstream.assemble;

import io.oomstream.assemble.segment.BootLedger;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.event.section.BlockInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of steps on a host's buffer. Every line of the buffer is in one of the counts, among
 * the {@code orphans}, or {@code left}.
 *
 * @param blocks finished blocks, in order
 * @param orphans lines that no block claims
 * @param left lines and notes that stay in the buffer
 * @param emitted number of lines in the blocks
 * @param forged number of lines from user space that look like the kernel's; each is a block by
 *     itself
 * @param overLimit number of lines without room in their block
 * @param unclaimed number of context lines outside of any block, and of lines of a boot
 * @param duplicates number of repeated deliveries
 * @param unended number of blocks without an end in the log
 * @param plan with the next step
 * @param ledger what is known of the host's boots
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
    StepPlan plan,
    BootLedger ledger) {

  /** Event time at which everything is due: at the end of input, or for a host that fell silent. */
  public static final long ALL = Long.MAX_VALUE;

  /**
   * Concludes what is due.
   *
   * @param now event time, milliseconds; {@link #ALL} to conclude everything
   * @param plan the steps that were already taken
   * @param ledger what they left of the host's boots
   * @param refused number of lines that the buffer refused: the blocks are then incomplete
   * @param otherwise the reason why blocks without an end in the log are ended now
   */
  static StepsResult of(
      List<AssemblyInput> buffer,
      long now,
      StepPlan plan,
      BootLedger ledger,
      AssembleSettings settings,
      long refused,
      BlockInfo.ClosedBy otherwise) {
    long settled = now == ALL ? ALL : Times.minus(now, settings.stragglerMs());
    return new AssemblySteps(buffer, settings, refused, otherwise, plan, ledger).until(settled);
  }

  /** Whether all emitted blocks have an end in the log. */
  public boolean isFinished() {
    return unended == 0 && orphans.isEmpty();
  }

  /** A result under construction. */
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

    StepsResult build(StepPlan plan, BootLedger ledger) {
      return new StepsResult(
          blocks,
          orphans,
          left,
          emitted,
          forged,
          overLimit,
          unclaimed,
          duplicates,
          unended,
          plan,
          ledger);
    }
  }
}

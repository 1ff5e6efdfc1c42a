package io.oomstream.function;

import io.oomstream.block.LineBlock;
import io.oomstream.event.BlockInfo;
import io.oomstream.state.HostLine;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done with a host's buffer at one moment of event time. Every line of the buffer is
 * in one of the counts or among the {@code orphans} or what is {@code left}.
 *
 * @param blocks finished reports, in order
 * @param orphans lines that no report claims
 * @param left lines that stay, and notes
 * @param emitted number of lines in the reports
 * @param forged number of lines from user space that look like the kernel's, each a block alone
 * @param overLimit number of lines that a report had no room for
 * @param unclaimed number of context lines that meant nothing
 * @param duplicates number of repeated deliveries
 * @param nextDue when to look again, event time in milliseconds; {@link Long#MAX_VALUE} if nothing
 *     is left
 */
record BufferConclusion(
    List<LineBlock> blocks,
    List<HostLine> orphans,
    List<HostLine> left,
    int emitted,
    int forged,
    int overLimit,
    int unclaimed,
    int duplicates,
    long nextDue) {

  /**
   * Event time that stands for "everything is due": the end of input, or a host that fell silent.
   */
  static final long ALL = Long.MAX_VALUE;

  /**
   * Concludes what is due.
   *
   * @param now event time, milliseconds; {@link #ALL} to conclude everything
   * @param from the first step that has not been taken yet, event time in milliseconds
   * @param refused lines that the buffer had to refuse: the reports are then not complete
   * @param otherwise what ended reports that nothing in the log has ended
   */
  static BufferConclusion of(
      List<HostLine> buffer,
      long now,
      long from,
      AssembleSettings settings,
      long refused,
      BlockInfo.ClosedBy otherwise) {
    long settled = now == ALL ? ALL : now - settings.stragglerMs();
    return new ConclusionSteps(buffer, settings, refused, otherwise).until(settled, from);
  }

  /** A conclusion in the making. */
  static final class Builder {
    final List<LineBlock> blocks = new ArrayList<>();
    final List<HostLine> orphans = new ArrayList<>();
    final List<HostLine> left = new ArrayList<>();
    int emitted;
    int forged;
    int overLimit;
    int unclaimed;
    int duplicates;

    BufferConclusion build(long nextDue) {
      return new BufferConclusion(
          blocks, orphans, left, emitted, forged, overLimit, unclaimed, duplicates, nextDue);
    }
  }
}

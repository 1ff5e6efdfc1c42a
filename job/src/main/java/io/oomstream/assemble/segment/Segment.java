package io.oomstream.assemble.segment;

import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.kernel.Role;
import io.oomstream.kernel.Section;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a block that have come so far.
 *
 * @param closedBy null while the block has no end
 * @param sources the block's lines before joining
 * @param lossLines lines outside of the block that say how many of its lines are missing; needed
 *     until the block is concluded
 * @param held lines without a rule after the block's last line: they belong to it only if the block
 *     continues
 * @param droppedLines number of lines dropped by the limit
 * @param droppedSources the dropped lines before joining
 * @param boot of {@link LineBlock}
 */
public record Segment(
    MemoryBlock.Kind kind,
    List<ClassifiedLine> lines,
    List<ClassifiedLine> sources,
    List<ClassifiedLine> lossLines,
    List<ClassifiedLine> held,
    BlockInfo.@Nullable ClosedBy closedBy,
    long droppedLines,
    int droppedSources,
    long suppressed,
    long lost,
    @Nullable String boot) {

  /** Whether this is a block, and not some lines of one without head and end. */
  public boolean stands() {
    if (kind == MemoryBlock.Kind.PAGE_ALLOCATION_FAILURE && lines.size() == 1) {
      return lines.get(0).text().contains(", mode:"); // a sentence may speak of an order, too
    }
    return kind == MemoryBlock.Kind.LINE
        || kind == MemoryBlock.Kind.MEMORY_DUMP
        || lines.stream()
            .anyMatch(
                l ->
                    l.rule().role() == Role.OPENS
                        || l.rule().role() == Role.CLOSES
                        || l.rule().section() == Section.SUMMARY
                        || l.rule().section() == Section.KILL
                        || l.rule().section() == Section.REAPER);
  }

  /**
   * The block for the parser.
   *
   * @param otherwise the reason for its end if the log has none
   * @param refused lines that the host's full buffer refused: they can belong to this block
   * @param gaps number of missing records inside it, by sequence numbers
   */
  public LineBlock toBlock(BlockInfo.ClosedBy otherwise, long refused, long gaps) {
    BlockInfo.ClosedBy end = closedBy != null ? closedBy : otherwise;
    boolean full = droppedLines + refused > 0 && end != BlockInfo.ClosedBy.TERMINATOR;
    return new LineBlock(
        kind,
        lines,
        full ? BlockInfo.ClosedBy.LIMIT : end,
        droppedLines + refused,
        suppressed,
        lost + gaps,
        boot);
  }

  /** The same where nothing was refused and no gap is known. */
  public LineBlock toBlock(BlockInfo.ClosedBy otherwise) {
    return toBlock(otherwise, 0, 0);
  }
}

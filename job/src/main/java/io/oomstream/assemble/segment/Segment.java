package io.oomstream.assemble.segment;

import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.kernel.Role;
import io.oomstream.kernel.Section;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block as far as its lines are here.
 *
 * @param closedBy null while nothing has ended it
 * @param sources the lines as they came, before cut ones were joined: all that the block has used
 *     up
 * @param lossLines lines that stand alone and by which this block counts what is missing in it: they
 *     are needed as long as it is not concluded
 * @param held lines that no rule knows behind the block's last one: they are its own if it goes
 *     on, and nobody's if it does not
 * @param droppedLines lines of the block that the limit made go
 * @param droppedSources the same as they came
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
    long lost) {

  /**
   * Whether this is a block at all, and not some lines of one whose head and end are both missing.
   */
  public boolean stands() {
    return kind == MemoryBlock.Kind.LINE
        || kind == MemoryBlock.Kind.MEMORY_DUMP
        || lines.stream()
            .anyMatch(
                l ->
                    l.rule().role() == Role.OPENS
                        || l.rule().role() == Role.CLOSES
                        || l.rule().section() == Section.SUMMARY
                        || l.rule().section() == Section.KILL);
  }

  /**
   * The block for the parser.
   *
   * @param otherwise what ended it if nothing in the log did
   * @param refused lines that the host's full buffer refused: they may have been this block's
   * @param gaps records missing inside it by their sequence numbers
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
        lost + gaps);
  }

  /** The same where nothing was refused and no gap is known. */
  public LineBlock toBlock(BlockInfo.ClosedBy otherwise) {
    return toBlock(otherwise, 0, 0);
  }
}

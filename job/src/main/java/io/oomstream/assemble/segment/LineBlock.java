package io.oomstream.assemble.segment;

import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.BlockInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one block in order, not yet parsed.
 *
 * @param droppedLines lines of the block that a limit made the assembler drop
 * @param suppressed the sum of the {@code callbacks suppressed} lines before the block; 0 without
 *     such a line
 * @param lost records missing between the first and the last line, by their sequence numbers
 * @param boot what the boot's lines before it say of memory ({@link BootLog#text}); null where none
 *     is known
 */
public record LineBlock(
    MemoryBlock.Kind kind,
    List<ClassifiedLine> lines,
    BlockInfo.ClosedBy closedBy,
    long droppedLines,
    long suppressed,
    long lost,
    @Nullable String boot) {

  /** A block of whose boot nothing is known. */
  public LineBlock(
      MemoryBlock.Kind kind,
      List<ClassifiedLine> lines,
      BlockInfo.ClosedBy closedBy,
      long droppedLines,
      long suppressed,
      long lost) {
    this(kind, lines, closedBy, droppedLines, suppressed, lost, null);
  }
}

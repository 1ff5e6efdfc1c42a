package io.oomstream.assemble.segment;

import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.BlockInfo;
import java.util.List;

/**
 * The lines of one block, cut out and in order, not yet read.
 *
 * @param droppedLines lines of the block that a limit made the assembler drop
 * @param suppressed what {@code callbacks suppressed} lines before the block say was kept back; 0
 *     if none did
 * @param lost records missing between the first and the last line, by their sequence numbers
 */
public record LineBlock(
    MemoryBlock.Kind kind,
    List<ClassifiedLine> lines,
    BlockInfo.ClosedBy closedBy,
    long droppedLines,
    long suppressed,
    long lost) {}

package io.oomstream.block;

import io.oomstream.event.BlockInfo;
import io.oomstream.event.MemoryBlock;
import io.oomstream.kernel.Role;
import io.oomstream.kernel.Section;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report as far as its lines are here.
 *
 * @param closedBy null while nothing has ended it
 * @param sources the lines as they came, before cut ones were joined: all that the report has used
 *     up
 */
public record Segment(
    MemoryBlock.Kind kind,
    List<ClassifiedLine> lines,
    List<ClassifiedLine> sources,
    BlockInfo.@Nullable ClosedBy closedBy,
    long droppedLines,
    long suppressed,
    long lost) {

  /**
   * Whether this is a report at all, and not some lines of one whose head and end are both missing.
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

  /** The report for the parser; an open one is closed by what the caller knows. */
  public LineBlock toBlock(BlockInfo.ClosedBy otherwise) {
    return new LineBlock(
        kind, lines, closedBy != null ? closedBy : otherwise, droppedLines, suppressed, lost);
  }
}

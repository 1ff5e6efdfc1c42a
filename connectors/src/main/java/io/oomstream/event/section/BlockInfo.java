package io.oomstream.event.section;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The block that the facts are from.
 *
 * @param complete whether all sections of such a block are there, and whole
 * @param suppressedLines number of blocks or lines that the kernel says it suppressed ({@code
 *     callbacks suppressed})
 * @param lostLines lines known to be lost, from gaps in the sequence numbers
 * @param unparsedLines lines inside the block without a rule of the grammar
 * @param unparsed the first of these lines, as the kernel wrote them, without rows of tables; null
 *     if there are none
 */
public record BlockInfo(
    String id,
    boolean complete,
    List<String> sections,
    List<String> missing,
    ClosedBy closedBy,
    int lineCount,
    @Nullable Long suppressedLines,
    @Nullable Long lostLines,
    int unparsedLines,
    @Nullable List<String> unparsed,
    @Nullable Position first,
    @Nullable Position last) {

  /** What ended the block. */
  public enum ClosedBy {
    TERMINATOR,
    GAP,
    LIMIT,
    REBOOT,
    END_OF_INPUT
  }

  /** Where a line came from: for a file the path, partition 0 and the line number from 1. */
  public record Position(String topic, int partition, long offset) {}
}

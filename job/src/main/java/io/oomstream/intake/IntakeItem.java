package io.oomstream.intake;

import io.oomstream.assemble.HostLine;
import io.oomstream.event.DeadLetter;
import io.oomstream.format.line.RawRecord;
import org.jspecify.annotations.Nullable;

/**
 * What comes out of the source: a line (or a note of sequence numbers), a dead letter, or a mark of
 * progress, which has neither and ends behind the source.
 *
 * <p>One shape, and not a sealed type with three: the type information that Flink derives for a
 * record needs a class with all the fields.
 *
 * @param readWithinMs of a mark of progress: how long the partition's records lie in their topic at
 *     the most, milliseconds; {@link RawRecord#UNKNOWN} where that is not known, and for all else
 */
public record IntakeItem(
    @Nullable HostLine line, @Nullable DeadLetter deadLetter, long readWithinMs) {

  static IntakeItem of(HostLine line) {
    return new IntakeItem(line, null, RawRecord.UNKNOWN);
  }

  static IntakeItem of(DeadLetter letter) {
    return new IntakeItem(null, letter, RawRecord.UNKNOWN);
  }

  /** A mark of progress. */
  public static IntakeItem progress(long readWithinMs) {
    return new IntakeItem(null, null, readWithinMs);
  }

  /** Whether this is a mark of progress. */
  public boolean isProgress() {
    return line == null && deadLetter == null;
  }
}

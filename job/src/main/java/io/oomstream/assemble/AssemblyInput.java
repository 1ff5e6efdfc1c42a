package io.oomstream.assemble;

import io.oomstream.format.line.KernelLine;
import org.jspecify.annotations.Nullable;

/** Input of a host's assembler: a line, or a note of sequence numbers that are not missing. */
public sealed interface AssemblyInput permits TimedLine, SequenceNote {

  /** The line, or the line that a note refers to. */
  KernelLine line();

  /** The key of the record it came in. */
  byte @Nullable [] recordKey();

  /**
   * Effective time, milliseconds: the line's own event time, or a later one if the line came too
   * late for its own.
   */
  long time();

  /**
   * Sequence numbers of lines that were dropped on purpose, so they are not missing: first and last
   * of each run, in pairs. {@link Long#MIN_VALUE} as a first number: nothing is known about the
   * numbers before.
   */
  long @Nullable [] dropped();
}

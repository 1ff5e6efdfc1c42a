package io.oomstream.assemble;

import io.oomstream.format.line.KernelLine;
import org.jspecify.annotations.Nullable;

/** What a host's assembler is given: a line, or word of sequence numbers that are not missing. */
public sealed interface AssemblyInput permits TimedLine, SequenceNote {

  /** Which line it is, or of which line it speaks. */
  KernelLine line();

  /** The key of the record it came in. */
  byte @Nullable [] recordKey();

  /**
   * Effective event time, milliseconds: its own, or later if it came when that had been settled.
   */
  long time();

  /**
   * Sequence numbers that are not missing though no line here has them: first and last of each run,
   * in pairs. {@link Long#MIN_VALUE} as a first: nothing is known of the numbers before.
   */
  long @Nullable [] dropped();
}

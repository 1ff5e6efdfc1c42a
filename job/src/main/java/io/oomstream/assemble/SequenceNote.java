package io.oomstream.assemble;

import io.oomstream.format.line.KernelLine;
import org.jspecify.annotations.Nullable;

/** Dropped sequence numbers without a line; the text of {@code line} is empty. */
public record SequenceNote(
    KernelLine line, byte @Nullable [] recordKey, long time, long @Nullable [] dropped)
    implements AssemblyInput {

  public SequenceNote {
    time = Times.bounded(time);
  }

  public SequenceNote notBefore(long earliest) {
    return time >= earliest
        ? this
        : new SequenceNote(line, recordKey, Math.max(time, earliest), dropped);
  }

  /** Estimated memory, bytes. */
  long bytes() {
    return AssemblyCost.of(line, dropped);
  }
}

package io.oomstream.assemble;

import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.assemble.segment.LineOrigin;
import io.oomstream.format.line.KernelLine;
import org.jspecify.annotations.Nullable;

/** A line, its rule and its effective time. */
public record TimedLine(
    ClassifiedLine classified, byte @Nullable [] recordKey, long time, long @Nullable [] dropped)
    implements AssemblyInput {

  public TimedLine {
    time = Times.bounded(time);
  }

  /** A line with its own time as effective time. */
  public static TimedLine of(KernelLine line) {
    return new TimedLine(ClassifiedLine.of(line), null, line.timestamp(), null);
  }

  @Override
  public KernelLine line() {
    return classified.line();
  }

  public boolean isForged() {
    return LineOrigin.isForged(line(), classified.rule());
  }

  /** Whether the line came too late for its own time. */
  public boolean isLate() {
    return time > Times.bounded(line().timestamp());
  }

  public TimedLine notBefore(long earliest) {
    return time >= earliest
        ? this
        : new TimedLine(classified, recordKey, Math.max(time, earliest), dropped);
  }

  /** A note of dropped numbers, with the time of this line. */
  SequenceNote noting(long @Nullable [] runs) {
    return new SequenceNote(line().withText(""), recordKey, time, runs);
  }

  /** Estimated memory, bytes. */
  long bytes() {
    return AssemblyCost.of(line(), dropped);
  }
}

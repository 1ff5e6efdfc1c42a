package io.oomstream.assemble;

import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.assemble.segment.LineOrigin;
import io.oomstream.format.line.KernelLine;
import org.jspecify.annotations.Nullable;

/** A line, the rule that it follows, and when it came. */
public record TimedLine(
    ClassifiedLine classified, byte @Nullable [] recordKey, long time, long @Nullable [] dropped)
    implements AssemblyInput {

  public TimedLine {
    time = Times.bounded(time);
  }

  /** A line of which only its own time is known. */
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

  /** Whether it came when what its own time belongs to had been settled. */
  public boolean isLate() {
    return time > Times.bounded(line().timestamp());
  }

  public TimedLine notBefore(long earliest) {
    return time >= earliest
        ? this
        : new TimedLine(classified, recordKey, Math.max(time, earliest), dropped);
  }

  /** Word of numbers that have passed, of the time of this line. */
  SequenceNote noting(long @Nullable [] runs) {
    return new SequenceNote(line().withText(""), recordKey, time, runs);
  }

  /** Roughly what it costs to keep. */
  long bytes() {
    return AssemblyCost.of(line(), dropped);
  }
}

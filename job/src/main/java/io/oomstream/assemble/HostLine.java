package io.oomstream.assemble;

import io.oomstream.format.line.KernelLine;
import org.jspecify.annotations.Nullable;

/**
 * What goes from the decoders to the host's assembler: a line, or a note, which is only word of
 * sequence numbers that are not missing. It holds what the kernel wrote and where it came from,
 * never what was read out of it, and never the record: a dead letter of a line carries the line's
 * own text.
 *
 * <p>One shape with a kind, and not a sealed type with two: the type information that Flink derives
 * for a record needs a class with all the fields. Behind the assembler's door there are two ({@code
 * TimedLine}, {@code SequenceNote}).
 *
 * @param line of a note: the line that it speaks of, without text
 * @param recordKey the key of the record it came in
 * @param effectiveTime event time at which the line came, milliseconds: its own, or the watermark if that
 *     was past it by more than stragglers are waited for
 * @param dropped sequence numbers that came before it and are not missing though no line here has
 *     them: first and last of each run, in pairs. {@link Long#MIN_VALUE} as a first: nothing is
 *     known of the numbers before
 */
public record HostLine(
    Kind kind,
    KernelLine line,
    byte @Nullable [] recordKey,
    long effectiveTime,
    long @Nullable [] dropped) {

  /** Which of the two. */
  public enum Kind {
    LINE,
    NOTE
  }

  /** A line. */
  public static HostLine of(
      KernelLine line, byte @Nullable [] recordKey, long effectiveTime, long @Nullable [] dropped) {
    return new HostLine(Kind.LINE, line, recordKey, effectiveTime, dropped);
  }

  /** A line before which nothing is known to have passed. */
  public static HostLine of(KernelLine line, byte @Nullable [] recordKey, long effectiveTime) {
    return of(line, recordKey, effectiveTime, null);
  }

  /** Word of numbers that have passed, of the time of the line. */
  public static HostLine note(
      KernelLine of, byte @Nullable [] recordKey, long effectiveTime, long @Nullable [] dropped) {
    return new HostLine(Kind.NOTE, of.withText(""), recordKey, effectiveTime, dropped);
  }

  public boolean isNote() {
    return kind == Kind.NOTE;
  }

  /** Not before {@code earliest}. */
  public HostLine arrivedAt(long earliest) {
    return new HostLine(kind, line, recordKey, Math.max(effectiveTime, earliest), dropped);
  }
}

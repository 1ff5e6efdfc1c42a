package io.oomstream.assemble;

import io.oomstream.format.line.KernelLine;
import org.jspecify.annotations.Nullable;

/**
 * Element from the decoders to the host's assembler: a line, or a note of sequence numbers that are
 * not missing. It has the kernel's text and its position, but nothing parsed and not the record:
 * the dead letter of a line has the line's own text.
 *
 * <p>It is one record with a kind and not a sealed type, because Flink's type information for a
 * record needs one class with all fields. The assembler has two types ({@code TimedLine}, {@code
 * SequenceNote}).
 *
 * @param line for a note: the line that it refers to, without text
 * @param recordKey the key of the record it came in
 * @param effectiveTime milliseconds: the line's event time, or the watermark's if the line was too
 *     late for its own
 * @param dropped sequence numbers before it of lines that were dropped on purpose: first and last
 *     of each run, in pairs. {@link Long#MIN_VALUE} as a first number: nothing is known about the
 *     numbers before
 */
public record HostLine(
    Kind kind,
    KernelLine line,
    byte @Nullable [] recordKey,
    long effectiveTime,
    long @Nullable [] dropped) {

  /** Line or note. */
  public enum Kind {
    LINE,
    NOTE
  }

  /** A line. */
  public static HostLine of(
      KernelLine line, byte @Nullable [] recordKey, long effectiveTime, long @Nullable [] dropped) {
    return new HostLine(Kind.LINE, line, recordKey, effectiveTime, dropped);
  }

  /** A line without known dropped lines before it. */
  public static HostLine of(KernelLine line, byte @Nullable [] recordKey, long effectiveTime) {
    return of(line, recordKey, effectiveTime, null);
  }

  /** A note of dropped numbers, with the time of the line. */
  public static HostLine note(
      KernelLine of, byte @Nullable [] recordKey, long effectiveTime, long @Nullable [] dropped) {
    return new HostLine(Kind.NOTE, of.withText(""), recordKey, effectiveTime, dropped);
  }

  public boolean isNote() {
    return kind == Kind.NOTE;
  }

  /** The same with an effective time of at least {@code earliest}. */
  public HostLine arrivedAt(long earliest) {
    return new HostLine(kind, line, recordKey, Math.max(effectiveTime, earliest), dropped);
  }
}

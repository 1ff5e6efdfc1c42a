package io.oomstream.state;

import io.oomstream.format.KernelLine;
import org.jspecify.annotations.Nullable;

/**
 * A line on its way to its host's buffer, and in it. State holds what the kernel wrote, never what
 * we read out of it.
 *
 * @param recordKey the key of the record it came in
 * @param recordValue that record's bytes, for the dead letters
 * @param arrival event time at which the line came, milliseconds: its own, or the watermark if that
 *     was past it by more than stragglers are waited for
 * @param passed sequence numbers that came before it and are not missing though no line here has
 *     them: first and last of each run, in pairs. {@link Long#MIN_VALUE} as a first: nothing is
 *     known of the numbers before
 */
public record HostLine(
    KernelLine line,
    byte @Nullable [] recordKey,
    byte @Nullable [] recordValue,
    long arrival,
    long @Nullable [] passed) {

  public HostLine(
      KernelLine line, byte @Nullable [] recordKey, byte @Nullable [] recordValue, long arrival) {
    this(line, recordKey, recordValue, arrival, null);
  }

  /** Not before {@code earliest}. */
  public HostLine arrivedAt(long earliest) {
    return new HostLine(line, recordKey, recordValue, Math.max(arrival, earliest), passed);
  }

  public HostLine withPassed(long @Nullable [] runs) {
    return new HostLine(line, recordKey, recordValue, arrival, runs);
  }

  /** Whether this is no line, but only word of sequence numbers that have passed. */
  public boolean isNote() {
    return line.text().isEmpty();
  }

  /** Word of this line's number only. */
  public HostLine asNote() {
    Long sequence = line.sequence();
    return noting(sequence == null ? null : new long[] {sequence, sequence});
  }

  /** Word of numbers that have passed, of the time of this line. */
  public HostLine noting(long @Nullable [] runs) {
    return new HostLine(line.withText(""), recordKey, null, arrival, runs);
  }

  /** Roughly what it costs to keep. */
  public long bytes() {
    return 64L
        + line.text().length()
        + (recordValue == null ? 0 : recordValue.length)
        + (passed == null ? 0 : 8L * passed.length);
  }
}

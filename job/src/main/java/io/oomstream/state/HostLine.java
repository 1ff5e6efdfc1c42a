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
 *     was past it
 */
public record HostLine(
    KernelLine line, byte @Nullable [] recordKey, byte @Nullable [] recordValue, long arrival) {

  public HostLine arrivedAt(long watermark) {
    return new HostLine(line, recordKey, recordValue, Math.max(arrival, watermark));
  }

  /** Roughly what it costs to keep. */
  public long bytes() {
    return 64L + line.text().length() + (recordValue == null ? 0 : recordValue.length);
  }
}

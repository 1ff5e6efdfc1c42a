package io.oomstream.assemble;

import io.oomstream.assemble.segment.BootLedger;
import io.oomstream.assemble.segment.SegmentLimits;
import io.oomstream.function.SilenceClock;
import java.io.Serializable;

/**
 * How a host's lines are collected.
 *
 * @param settlingMs how long a finished block waits for stragglers and for the reaper's line, event
 *     time
 * @param stragglerMs how far lines can be behind the watermark and still get their place, event
 *     time: the settling time less the source's own allowance
 * @param stallMs how long a host can be silent before its buffer is concluded, while other hosts or
 *     event time advance; processing time. {@link SilenceClock} has the rules for when nothing
 *     advances
 * @param maxHostLines lines kept of one host; beyond it only the lines that begin or end a block
 * @param maxHostBytes the same in bytes
 * @param bootMemoryMs how long after a host's last line what its boot said of memory is known,
 *     event time; 0 to keep none of it
 */
public record AssembleSettings(
    long settlingMs,
    long stragglerMs,
    long stallMs,
    int maxHostLines,
    long maxHostBytes,
    long bootMemoryMs,
    SegmentLimits limits)
    implements Serializable {

  private static final long NINETY_DAYS_MS = 90L * 24 * 3_600_000;

  /** With the default time for what a boot said of memory. */
  public AssembleSettings(
      long settlingMs,
      long stragglerMs,
      long stallMs,
      int maxHostLines,
      long maxHostBytes,
      SegmentLimits limits) {
    this(settlingMs, stragglerMs, stallMs, maxHostLines, maxHostBytes, NINETY_DAYS_MS, limits);
  }

  /** Event time at which what is known of a host's boots is of no use any more, milliseconds. */
  public long forgottenAt(BootLedger ledger) {
    return Times.plus(
        Times.plus(ledger.seenMs(), bootMemoryMs), Times.plus(stragglerMs, settlingMs));
  }

  public static AssembleSettings defaults() {
    return new AssembleSettings(5_000, 3_000, 30_000, 100_000, 32L << 20, SegmentLimits.defaults());
  }
}

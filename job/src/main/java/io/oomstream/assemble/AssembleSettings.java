package io.oomstream.assemble;

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
 */
public record AssembleSettings(
    long settlingMs,
    long stragglerMs,
    long stallMs,
    int maxHostLines,
    long maxHostBytes,
    SegmentLimits limits)
    implements Serializable {

  public static AssembleSettings defaults() {
    return new AssembleSettings(5_000, 3_000, 30_000, 100_000, 32L << 20, SegmentLimits.defaults());
  }
}

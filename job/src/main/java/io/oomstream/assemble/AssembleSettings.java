package io.oomstream.assemble;

import io.oomstream.assemble.segment.SegmentLimits;
import io.oomstream.function.SilenceClock;
import java.io.Serializable;

/**
 * How a host's lines are collected.
 *
 * @param settlingMs how long a finished block waits for stragglers and for the reaper's line,
 *     event time
 * @param stragglerMs by how much lines may come behind the watermark and still find their place,
 *     event time: what the source's own allowance lacks to the settling time
 * @param stallMs how long a host may be silent, while others or event time go on, before its buffer
 *     is concluded; processing time. {@link SilenceClock} says what holds if nothing goes on
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

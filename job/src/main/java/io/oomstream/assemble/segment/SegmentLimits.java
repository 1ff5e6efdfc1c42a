package io.oomstream.assemble.segment;

import java.io.Serializable;

/**
 * Bounds of one block.
 *
 * @param maxGapUs longest pause between two lines of a block, in the kernel's or the wall clock's
 *     microseconds. A slow serial console takes seconds for a dump, and the kernel can wait for it
 * @param maxLines lines kept of one block: beyond it lines from the middle are dropped
 */
public record SegmentLimits(long maxGapUs, int maxLines) implements Serializable {

  public static SegmentLimits defaults() {
    return new SegmentLimits(60_000_000, 20_000);
  }
}

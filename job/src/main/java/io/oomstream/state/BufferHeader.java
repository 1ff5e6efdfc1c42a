package io.oomstream.state;

import io.oomstream.assemble.BufferSize;
import io.oomstream.assemble.PackedLine;
import io.oomstream.assemble.StepPlan;

/**
 * Facts of a host's buffer, to avoid reading it.
 *
 * @param base the first line without its text, packed: the others are written as differences to it
 *     ({@link PackedLine})
 */
public record BufferHeader(BufferSize size, StepPlan plan, BufferTimers timers, byte[] base) {

  public BufferHeader with(BufferTimers newTimers) {
    return new BufferHeader(size, plan, newTimers, base);
  }
}

package io.oomstream.diagnosis;

import io.oomstream.block.KernelBlock;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Tasks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The whole block as an event. */
final class BlockEvents {

  /** The rows are all there, so more names would only repeat them. */
  private static final int MOST_NAMES = 100;

  private BlockEvents() {}

  static MemoryBlock of(KernelBlock block, @Nullable Cause cause) {
    List<Long> killed = new ArrayList<>();
    for (KernelBlock.Kill kill : block.kills()) {
      Long pid = kill.victim().pid();
      if (pid != null) {
        killed.add(pid);
      }
    }
    Tasks tasks = block.tasks();
    KernelBlock.Failure failure = block.failure();
    return new MemoryBlock(
        MemoryBlock.SCHEMA_VERSION,
        block.info().id(),
        block.kind(),
        block.host(),
        block.time(),
        block.kernelTimeUs(),
        block.trigger(),
        block.scope(),
        block.memory(),
        block.memcg(),
        tasks == null ? null : tasks.first(Integer.MAX_VALUE, MOST_NAMES, null),
        block.slab(),
        block.callTrace(),
        List.copyOf(killed),
        failure == null ? null : failure.text(),
        cause,
        block.selfChecks(),
        block.info(),
        block.provenance(),
        block.lines().stream().map(KernelBlock::textOf).toList(),
        null);
  }
}

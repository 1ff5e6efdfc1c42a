package io.oomstream.diagnosis;

import io.oomstream.block.KernelBlock;
import io.oomstream.event.Scope;
import org.jspecify.annotations.Nullable;

/** A report and what was worked out of it once: what the rules look at. */
record Case(
    KernelBlock block, Usage usage, ZoneView zones, @Nullable Crowd crowd, Thresholds thresholds) {

  static Case of(KernelBlock block, Thresholds thresholds) {
    Usage usage = Usage.of(block);
    return new Case(
        block,
        usage,
        ZoneView.of(block.memory(), block.trigger()),
        Crowd.of(block, usage),
        thresholds);
  }

  boolean isGlobal() {
    return block.scope().kind() == Scope.Kind.GLOBAL;
  }

  boolean isMemcg() {
    return block.scope().kind() == Scope.Kind.MEMCG;
  }
}

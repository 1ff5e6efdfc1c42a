package io.oomstream.block.victim;

import io.oomstream.block.text.Digits;
import io.oomstream.block.text.NodeList;
import io.oomstream.event.section.Memcg;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Scope;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The memory that a process's badness is a share of ({@code mm/oom_kill.c: constrained_alloc}). */
public final class BadnessTotal {

  private BadnessTotal() {}

  /**
   * In bytes; null where the block does not hold it.
   *
   * @param old whether the kernel is one that prints a score and no summary line, up to 5.0
   */
  public static @Nullable Long of(
      Scope scope, @Nullable Memory memory, @Nullable Memcg memcg, boolean old) {
    return switch (scope.kind()) {
      case MEMCG -> memcg == null ? null : ofGroup(memcg);
      case GLOBAL ->
          memory == null || !isSurelyGlobal(scope, old)
              ? null
              : Digits.plus(memory.managedBytes(), memory.swapTotalBytes());
      case CPUSET -> memory == null ? null : ofNodes(memory, scope.memsAllowed());
      case MEMORY_POLICY -> memory == null ? null : ofNodes(memory, scope.nodemask());
      case UNKNOWN -> null;
    };
  }

  /** Without the line that says so the nodes may have been restricted. */
  private static boolean isSurelyGlobal(Scope scope, boolean old) {
    if (scope.constraint() != null) {
      return scope.constraint().equals("CONSTRAINT_NONE");
    }
    return scope.memsAllowed() != null || (old && scope.nodemask() == null);
  }

  /**
   * The limit and what the group may swap. Where that is more than nothing the machine's swap would
   * bound it, of which such a block says nothing.
   */
  private static @Nullable Long ofGroup(Memcg memcg) {
    Long limit = memcg.limitBytes();
    Memcg.Usage swap = memcg.swap();
    if (swap != null) {
      Long swapLimit = swap.limitBytes();
      return swapLimit != null && swapLimit == 0 ? limit : null;
    }
    Memcg.Usage both = memcg.memoryAndSwap();
    return limit != null && both != null && limit.equals(both.limitBytes()) ? limit : null;
  }

  private static @Nullable Long ofNodes(Memory memory, @Nullable String list) {
    BitSet nodes = NodeList.parse(list);
    if (nodes == null) {
      return null;
    }
    BitSet missing = (BitSet) nodes.clone();
    Long sum = memory.swapTotalBytes();
    for (Memory.Zone zone : memory.zones()) {
      Integer node = zone.node();
      if (node != null && nodes.get(node)) {
        missing.clear(node);
        sum = Digits.plus(sum, zone.presentBytes());
      }
    }
    return missing.isEmpty() ? sum : null;
  }
}

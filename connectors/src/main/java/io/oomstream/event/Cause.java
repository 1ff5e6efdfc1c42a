package io.oomstream.event;

import java.util.List;

/**
 * Why, with the evidence.
 *
 * @param contributing further causes whose evidence is in the block, strongest first
 * @param summary one sentence a person can act on
 */
public record Cause(
    Kind primary, List<Kind> contributing, List<Evidence> evidence, String summary) {

  /**
   * The causes we tell apart. {@code UNDETERMINED} is right whenever the block lacks the evidence.
   */
  public enum Kind {
    MEMORY_EXHAUSTED,
    MEMCG_LIMIT,
    KERNEL_SLAB_LEAK,
    FORK_BOMB,
    PAGE_TABLE_BLOAT,
    SHMEM_OR_TMPFS,
    LOCKED_OR_UNEVICTABLE,
    HUGE_PAGES_RESERVED,
    FRAGMENTATION,
    ZONE_EXHAUSTED,
    CPUSET_OR_POLICY,
    UNACCOUNTED_KERNEL_MEMORY,
    SWAP_EXHAUSTED,
    MANUAL_SYSRQ,
    UNDETERMINED
  }
}

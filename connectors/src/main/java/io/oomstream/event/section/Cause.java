package io.oomstream.event.section;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why, with the evidence.
 *
 * @param contributing further causes whose evidence is in the block, strongest first
 * @param summary what happened and what to do first, for a page
 * @param why what happened in short sentences, the cause first
 * @param advice steps to take, the first one first; in the language of the summary
 */
public record Cause(
    Kind primary,
    List<Kind> contributing,
    List<Evidence> evidence,
    String summary,
    @Nullable List<String> why,
    @Nullable List<String> advice) {

  /** All causes. {@code UNDETERMINED} is right if the block lacks the evidence. */
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
    UNDETERMINED,
    /** The min watermark itself reserves a large part of memory. */
    WATERMARK_TOO_HIGH,
    /** The free memory is CMA, which only movable pages may use. */
    CMA_RESERVED,
    /** File pages wait to be written and can't be dropped before. */
    WRITEBACK_STALLED,
    /** Pages that a balloon driver gave back to the hypervisor. */
    BALLOONED,
    /** Pages of graphics drivers, as far as the kernel counts them. */
    DRIVER_MEMORY,
    /** Compressed pages of zram or zswap. */
    COMPRESSED_SWAP,
    /** {@code memory.min} and {@code memory.low} of other groups. */
    PROTECTED_MEMORY,
    /** Buffers of a group's sockets. */
    NETWORK_BUFFERS,
    /** The kernel's own memory of a group, of several kinds. */
    KERNEL_MEMORY
  }
}

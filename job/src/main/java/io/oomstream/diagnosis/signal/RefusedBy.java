package io.oomstream.diagnosis.signal;

import io.oomstream.kernel.LineRule;
import org.jspecify.annotations.Nullable;

/** What refuses memory besides the OOM killer, in a few words. */
final class RefusedBy {

  private RefusedBy() {}

  /** Null for lines of other rules. */
  static @Nullable String of(LineRule rule) {
    return switch (rule) {
      case OVERCOMMIT_REFUSED -> "the overcommit limit (vm.overcommit_memory=2)";
      case TCP_MEMORY -> "TCP's limit (net.ipv4.tcp_mem)";
      case CMA_FAILED, CONTIG_RANGE_BUSY -> "the area for contiguous memory (CMA)";
      case PERCPU_FAILED -> "the per-CPU area";
      case HUGE_PAGE_POOL -> "the pool of huge pages";
      case NOMMU_LENGTH, NOMMU_REGION -> "want of a free stretch, on a machine without an MMU";
      case ZSWAP_POOL, ZRAM_FAILED -> "want of memory for compressed pages";
      case SWAP_WRITE_ERROR, SWAP_READ_ERROR -> "an error of the swap device";
      case PAGE_ALLOCATION_2_4 -> "want of free pages";
      case VMALLOC_SPACE -> "the address space for vmalloc";
      default -> null;
    };
  }
}

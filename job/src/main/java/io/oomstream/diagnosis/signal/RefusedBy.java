package io.oomstream.diagnosis.signal;

import io.oomstream.kernel.LineRule;
import org.jspecify.annotations.Nullable;

/** What refuses memory besides the OOM killer, in a few words. */
final class RefusedBy {

  private RefusedBy() {}

  /** The key of its text; null for lines of other rules. */
  static @Nullable String of(LineRule rule) {
    return switch (rule) {
      case OVERCOMMIT_REFUSED -> "refused.overcommit";
      case TCP_MEMORY -> "refused.tcp";
      case CMA_FAILED, CONTIG_RANGE_BUSY -> "refused.cma";
      case PERCPU_FAILED -> "refused.per-cpu";
      case HUGE_PAGE_POOL -> "refused.huge-pages";
      case NOMMU_LENGTH, NOMMU_REGION -> "refused.no-mmu";
      case ZSWAP_POOL, ZRAM_FAILED -> "refused.compressed";
      case SWAP_WRITE_ERROR, SWAP_READ_ERROR -> "refused.swap-device";
      case PAGE_ALLOCATION_2_4 -> "refused.pages";
      case VMALLOC_SPACE -> "refused.vmalloc";
      default -> null;
    };
  }
}

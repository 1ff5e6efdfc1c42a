package io.oomstream.block.memory;

import io.oomstream.block.request.GfpBit;
import io.oomstream.block.text.Digits;
import io.oomstream.block.text.NodeList;
import io.oomstream.event.section.Gfp;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Scope;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A request as the page allocator's check of a zone sees it.
 *
 * @param gfp null if not known
 * @param order 0 where it is not known, which asks least
 * @param pageSize null if not known
 * @param nodes those that a policy or a cpuset leaves to the request; null for all
 */
public record ZoneRequest(
    @Nullable Gfp gfp, int order, @Nullable Long pageSize, @Nullable BitSet nodes) {

  /** Orders that a kernel can ask for. */
  private static final int MAX_ORDER = 30;

  public static ZoneRequest of(@Nullable Gfp gfp) {
    return new ZoneRequest(gfp, 0, null, null);
  }

  public static ZoneRequest of(
      @Nullable Gfp gfp, @Nullable Integer order, @Nullable Long pageSize, Scope scope) {
    int bounded = order == null || order < 0 || order > MAX_ORDER ? 0 : order;
    return new ZoneRequest(gfp, bounded, pageSize, nodes(gfp, scope));
  }

  /** A cpuset binds only requests with HARDWALL ({@code kernel/cgroup/cpuset.c}). */
  private static @Nullable BitSet nodes(@Nullable Gfp gfp, Scope scope) {
    BitSet policy = NodeList.parse(scope.nodemask());
    boolean bound = gfp != null && gfp.flags().contains(GfpBit.HARDWALL.name());
    BitSet cpuset = bound ? NodeList.parse(scope.memsAllowed()) : null;
    if (policy == null || cpuset == null) {
      return policy == null ? cpuset : policy;
    }
    BitSet both = (BitSet) policy.clone();
    both.and(cpuset);
    return both.isEmpty() ? policy : both;
  }

  boolean mayUseNodeOf(Memory.Zone zone) {
    return nodes == null || zone.node() == null || nodes.get(zone.node());
  }

  /** All but one page of the request: {@code (1 << order) - 1} of {@code __zone_watermark_ok}. */
  long bytesBeyondOnePage() {
    Long bytes = pageSize == null ? null : Digits.times((1L << order) - 1, pageSize);
    return bytes == null ? 0 : bytes;
  }

  boolean has(GfpBit bit) {
    return gfp != null && gfp.flags().contains(bit.name());
  }

  boolean isAtomic() {
    return has(GfpBit.HIGH) && gfp != null && Boolean.FALSE.equals(gfp.mayBlock());
  }

  /**
   * Whether the kernel is one up to 4.3, which counts free blocks by order. Later ones print a bit
   * of reclaim in every mask that may block or wake kswapd, and since 4.6 the names.
   */
  boolean isOfOldKernel() {
    return gfp != null
        && gfp.decodedBy() == Gfp.DecodedBy.TABLE
        && !has(GfpBit.KSWAPD_RECLAIM)
        && !has(GfpBit.DIRECT_RECLAIM);
  }
}

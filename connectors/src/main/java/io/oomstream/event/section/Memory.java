package io.oomstream.event.section;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The machine's memory at the time, from the kernel's Mem-Info dump. Bytes throughout.
 *
 * @param counters every counter of the Mem-Info totals by the kernel's own name
 * @param boot what became of the reserved memory since the boot; absent without the boot's lines
 */
public record Memory(
    @Nullable Long totalBytes,
    @Nullable Long reservedBytes,
    @Nullable Long managedBytes,
    @Nullable Long freeBytes,
    @Nullable Long swapTotalBytes,
    @Nullable Long swapFreeBytes,
    @Nullable Long swapCacheBytes,
    @Nullable Long pageCacheBytes,
    @Nullable Long cmaBytes,
    @Nullable Long hwPoisonedBytes,
    Map<String, Long> counters,
    List<Node> nodes,
    List<Zone> zones,
    List<HugePages> hugePages,
    @Nullable Accounting accounting,
    @Nullable Boot boot) {

  /** The same memory with its parts. */
  public Memory with(@Nullable Accounting parts) {
    return with(parts, boot);
  }

  /** The same memory with what became of its reserved part since the boot. */
  public Memory since(@Nullable Boot newBoot) {
    return with(accounting, newBoot);
  }

  private Memory with(@Nullable Accounting parts, @Nullable Boot newBoot) {
    return new Memory(
        totalBytes,
        reservedBytes,
        managedBytes,
        freeBytes,
        swapTotalBytes,
        swapFreeBytes,
        swapCacheBytes,
        pageCacheBytes,
        cmaBytes,
        hwPoisonedBytes,
        counters,
        nodes,
        zones,
        hugePages,
        parts,
        newBoot);
  }

  /**
   * Reserved memory from the boot's {@code Memory:} line to the block. {@code reservedBytes} less
   * {@code freedBytes} and with {@code reservedSinceBytes} is what the block calls reserved, and so
   * are the named parts with {@code unnamedBytes}.
   *
   * @param totalBytes RAM at boot
   * @param reservedBytes reserved then, without CMA
   * @param availableBytes free then
   * @param cmaReservedBytes of the areas for contiguous memory, which are managed memory
   * @param hugePageBytes set aside as huge pages at boot
   * @param freed what was given back since, by the kernel's words
   * @param reservedSinceBytes what changed besides: a balloon, memory plugged in or out
   * @param totalSinceBytes change of RAM since the boot
   * @param reservedParts of what the block calls reserved, as far as lines name them
   * @param unnamedBytes for which no line tells who reserved it
   * @param balloonDriver true where a balloon driver said that it runs
   */
  public record Boot(
      long totalBytes,
      long reservedBytes,
      @Nullable Long availableBytes,
      @Nullable Long cmaReservedBytes,
      @Nullable Long hugePageBytes,
      Map<String, Long> freed,
      long freedBytes,
      long reservedSinceBytes,
      long totalSinceBytes,
      Map<String, Long> reservedParts,
      long unnamedBytes,
      @Nullable Boolean balloonDriver) {}

  /**
   * One NUMA node.
   *
   * @param counters by the kernel's own name
   * @param pagesScanned number of pages that reclaim looked at since it last freed one (4.8 to
   *     4.11)
   * @param allUnreclaimable true: kswapd had given up on the node
   */
  public record Node(
      int node,
      Map<String, Long> counters,
      @Nullable Long pagesScanned,
      @Nullable Boolean allUnreclaimable) {}

  /**
   * One zone.
   *
   * @param lowmemReserveBytes what a request for a higher zone must leave here, by the index of its
   *     zone
   * @param effectiveFreeBytes what the kernel's watermark check counts for this request; may be
   *     negative
   * @param belowMin whether {@code effectiveFreeBytes} is at or under the min watermark
   * @param counters all other sizes of the zone line by the kernel's own name
   * @param pagesScanned number of pages that reclaim looked at since it last freed one (to 4.7)
   * @param check the kernel's check of the request against this zone, replayed; absent where its
   *     flags or the zone's figures are not known
   */
  public record Zone(
      @Nullable Integer node,
      String name,
      @Nullable Long freeBytes,
      @Nullable Long boostBytes,
      @Nullable Long minBytes,
      @Nullable Long lowBytes,
      @Nullable Long highBytes,
      @Nullable Long presentBytes,
      @Nullable Long managedBytes,
      @Nullable Long reservedHighAtomicBytes,
      List<Long> lowmemReserveBytes,
      @Nullable Long effectiveFreeBytes,
      @Nullable Boolean belowMin,
      Map<String, Long> counters,
      @Nullable Long pagesScanned,
      List<FreeBlocks> buddy,
      @Nullable ZoneCheck check) {

    /** The same zone with the check of the request. */
    public Zone checked(
        @Nullable Long effective, @Nullable Boolean isBelow, @Nullable ZoneCheck result) {
      return with(lowmemReserveBytes, effective, isBelow, result);
    }

    /** The same zone, not checked, without what it keeps from requests of higher zones. */
    public Zone withoutReserves() {
      return with(List.of(), null, null, null);
    }

    private Zone with(
        List<Long> reserves,
        @Nullable Long effective,
        @Nullable Boolean isBelow,
        @Nullable ZoneCheck result) {
      return new Zone(
          node,
          name,
          freeBytes,
          boostBytes,
          minBytes,
          lowBytes,
          highBytes,
          presentBytes,
          managedBytes,
          reservedHighAtomicBytes,
          reserves,
          effective,
          isBelow,
          counters,
          pagesScanned,
          buddy,
          result);
    }
  }

  /**
   * The kernel's check of one request against one zone. Deductions from the zone's free memory are
   * 0 if there are none, and absent for a zone that was not eligible.
   *
   * @param markBytes the min watermark for this request: urgent requests can go lower
   * @param lowmemReserveBytes reserved for requests that can use this zone only
   * @param highAtomicBytes reserved for urgent requests of several pages
   * @param cmaBytes free pages that only movable requests may use
   */
  public record ZoneCheck(
      ZoneVerdict verdict,
      @Nullable Long markBytes,
      @Nullable Long lowmemReserveBytes,
      @Nullable Long highAtomicBytes,
      @Nullable Long cmaBytes) {}

  /** The result of the check; a reserve is named if the request would pass without it. */
  public enum ZoneVerdict {
    PASSES,
    BELOW_MIN,
    LOWMEM_RESERVE,
    HIGH_ATOMIC,
    CMA,
    NO_BLOCK_OF_ORDER,
    ZONE_NOT_ELIGIBLE,
    NODE_NOT_ALLOWED
  }

  /**
   * Free blocks of one order.
   *
   * @param migrateTypes the letters as printed: U, M, E, H, C, I
   */
  public record FreeBlocks(int order, long count, @Nullable String migrateTypes) {}

  /** Huge pages of one size on one node. */
  public record HugePages(
      @Nullable Integer node,
      long sizeBytes,
      @Nullable Long total,
      @Nullable Long free,
      @Nullable Long surplus) {}

  /**
   * Where the memory went: shares of managed memory in bytes, no page counted twice.
   *
   * @param unaccountedBytes managed minus accounted: pages that no counter of the dump has
   * @param balance how far the sum can be trusted
   */
  public record Accounting(
      @Nullable Long accountedBytes,
      @Nullable Long unaccountedBytes,
      Map<String, Long> shares,
      @Nullable Balance balance) {}

  /** Whether the shares and the rest make up managed memory. */
  public enum Balance {
    /** They do, and the rest is not below zero. */
    BALANCED,
    /** The sum is a little too large, because counters changed while they were read. */
    DRIFTED,
    /** The sum is too large by more than such drift explains. */
    OVERCOUNTED,
    /** The dump lacks a counter or the size of memory. */
    INCOMPLETE
  }
}

package io.oomstream.event.section;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An allocation's flags.
 *
 * @param mask as printed, hexadecimal with 0x
 * @param flags the single {@code ___GFP} bits that the mask stands for, without the prefix
 * @param names as the kernel printed them; from the era's table where it printed none
 * @param zone the highest zone the request may use: DMA, DMA32, NORMAL, HIGHMEM or MOVABLE
 * @param atomic whether the request may dip into the reserves because it can't wait
 * @param costly whether the order is above 3, for which the kernel does not kill; absent where the
 *     order is not known
 * @param ambiguous the bits of a bare mask that mean different things in the kernels that print
 *     bare masks; absent where there are none
 */
public record Gfp(
    String mask,
    List<String> flags,
    List<String> names,
    DecodedBy decodedBy,
    @Nullable Boolean mayBlock,
    @Nullable Boolean mayIo,
    @Nullable Boolean mayFs,
    @Nullable String zone,
    @Nullable Boolean atomic,
    @Nullable Boolean costly,
    @Nullable List<String> ambiguous) {

  /** The same request with its order. */
  public Gfp ofOrder(@Nullable Integer order) {
    Boolean isCostly = order == null || order < 0 ? null : Boolean.valueOf(order > COSTLY_ORDER);
    return new Gfp(
        mask, flags, names, decodedBy, mayBlock, mayIo, mayFs, zone, atomic, isCostly, ambiguous);
  }

  /** {@code PAGE_ALLOC_COSTLY_ORDER} of include/linux/mmzone.h. */
  private static final int COSTLY_ORDER = 3;

  /** Who gave the names: the kernel's own text, or our table of its bits. */
  public enum DecodedBy {
    KERNEL,
    TABLE
  }
}

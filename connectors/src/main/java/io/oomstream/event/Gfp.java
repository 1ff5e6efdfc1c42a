package io.oomstream.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An allocation's flags.
 *
 * @param mask as printed, hexadecimal with 0x
 * @param flags the single {@code ___GFP} bits that the mask stands for, without the prefix
 * @param names as the kernel printed them; from the era's table where it printed none
 * @param zone the highest zone the request may use: DMA, DMA32, NORMAL, HIGHMEM or MOVABLE
 */
public record Gfp(
    String mask,
    List<String> flags,
    List<String> names,
    DecodedBy decodedBy,
    @Nullable Boolean mayBlock,
    @Nullable Boolean mayIo,
    @Nullable Boolean mayFs,
    @Nullable String zone) {

  /** Who gave the names: the kernel's own text, or our table of its bits. */
  public enum DecodedBy {
    KERNEL,
    TABLE
  }
}

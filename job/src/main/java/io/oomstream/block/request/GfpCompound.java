package io.oomstream.block.request;

import static io.oomstream.block.request.GfpBit.ACCOUNT;
import static io.oomstream.block.request.GfpBit.COMP;
import static io.oomstream.block.request.GfpBit.DIRECT_RECLAIM;
import static io.oomstream.block.request.GfpBit.FS;
import static io.oomstream.block.request.GfpBit.HARDWALL;
import static io.oomstream.block.request.GfpBit.HIGH;
import static io.oomstream.block.request.GfpBit.HIGHMEM;
import static io.oomstream.block.request.GfpBit.IO;
import static io.oomstream.block.request.GfpBit.KSWAPD_RECLAIM;
import static io.oomstream.block.request.GfpBit.MOVABLE;
import static io.oomstream.block.request.GfpBit.NOMEMALLOC;
import static io.oomstream.block.request.GfpBit.NORETRY;
import static io.oomstream.block.request.GfpBit.NOWARN;
import static io.oomstream.block.request.GfpBit.NO_KSWAPD;
import static io.oomstream.block.request.GfpBit.RECLAIMABLE;
import static io.oomstream.block.request.GfpBit.WAIT;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names that stand for several flags, in the order in which the kernel's {@code %pGg} tries
 * them (include/trace/events/mmflags.h).
 *
 * <p>A flag that an era does not have adds nothing there, so that one row with WAIT and both
 * reclaim flags holds for all of them.
 */
enum GfpCompound {
  TRANSHUGE_OLD(
      "GFP_TRANSHUGE",
      GfpEra.V2_6_32,
      GfpEra.V4_1,
      List.of(
          WAIT, IO, FS, HARDWALL, HIGHMEM, MOVABLE, COMP, NOMEMALLOC, NORETRY, NOWARN, NO_KSWAPD)),
  TRANSHUGE_4_4(
      "GFP_TRANSHUGE",
      GfpEra.V4_4,
      GfpEra.V4_4,
      List.of(
          DIRECT_RECLAIM, IO, FS, HARDWALL, HIGHMEM, MOVABLE, COMP, NOMEMALLOC, NORETRY, NOWARN)),
  TRANSHUGE(
      "GFP_TRANSHUGE",
      GfpEra.V4_10,
      GfpEra.V6_8,
      List.of(DIRECT_RECLAIM, IO, FS, HARDWALL, HIGHMEM, MOVABLE, COMP, NOMEMALLOC, NOWARN)),
  TRANSHUGE_LIGHT_4_4(
      "GFP_TRANSHUGE_LIGHT",
      GfpEra.V4_4,
      GfpEra.V4_4,
      List.of(IO, FS, HARDWALL, HIGHMEM, MOVABLE, COMP, NOMEMALLOC, NORETRY, NOWARN)),
  TRANSHUGE_LIGHT(
      "GFP_TRANSHUGE_LIGHT",
      GfpEra.V4_10,
      GfpEra.V6_8,
      List.of(IO, FS, HARDWALL, HIGHMEM, MOVABLE, COMP, NOMEMALLOC, NOWARN)),
  HIGHUSER_MOVABLE(
      "GFP_HIGHUSER_MOVABLE",
      List.of(WAIT, DIRECT_RECLAIM, KSWAPD_RECLAIM, IO, FS, HARDWALL, HIGHMEM, MOVABLE)),
  HIGHUSER(
      "GFP_HIGHUSER", List.of(WAIT, DIRECT_RECLAIM, KSWAPD_RECLAIM, IO, FS, HARDWALL, HIGHMEM)),
  USER("GFP_USER", List.of(WAIT, DIRECT_RECLAIM, KSWAPD_RECLAIM, IO, FS, HARDWALL)),
  TEMPORARY(
      "GFP_TEMPORARY",
      GfpEra.V2_6_32,
      GfpEra.V4_10,
      List.of(WAIT, DIRECT_RECLAIM, KSWAPD_RECLAIM, IO, FS, RECLAIMABLE)),
  KERNEL_ACCOUNT(
      "GFP_KERNEL_ACCOUNT",
      GfpEra.V4_4,
      GfpEra.V6_8,
      List.of(DIRECT_RECLAIM, KSWAPD_RECLAIM, IO, FS, ACCOUNT)),
  KERNEL("GFP_KERNEL", List.of(WAIT, DIRECT_RECLAIM, KSWAPD_RECLAIM, IO, FS)),
  NOFS("GFP_NOFS", List.of(WAIT, DIRECT_RECLAIM, KSWAPD_RECLAIM, IO)),
  ATOMIC("GFP_ATOMIC", List.of(HIGH, GfpBit.ATOMIC, KSWAPD_RECLAIM)),
  NOIO("GFP_NOIO", List.of(WAIT, DIRECT_RECLAIM, KSWAPD_RECLAIM)),
  NOWAIT_6_8("GFP_NOWAIT", GfpEra.V6_8, GfpEra.V6_8, List.of(KSWAPD_RECLAIM, NOWARN)),
  NOWAIT("GFP_NOWAIT", GfpEra.V4_4, GfpEra.V6_3, List.of(KSWAPD_RECLAIM)),
  DMA("GFP_DMA", List.of(GfpBit.DMA)),
  DMA32("GFP_DMA32", List.of(GfpBit.DMA32)),
  RECLAIM("__GFP_RECLAIM", GfpEra.V4_4, GfpEra.V6_8, List.of(DIRECT_RECLAIM, KSWAPD_RECLAIM));

  private final String printed;
  private final GfpEra from;
  private final GfpEra to;
  private final List<GfpBit> bits;

  GfpCompound(String printed, List<GfpBit> bits) {
    this(printed, GfpEra.V2_6_32, GfpEra.V6_8, bits);
  }

  GfpCompound(String printed, GfpEra from, GfpEra to, List<GfpBit> bits) {
    this.printed = printed;
    this.from = from;
    this.to = to;
    this.bits = bits;
  }

  String printed() {
    return printed;
  }

  boolean isIn(GfpEra era) {
    return era.compareTo(from) >= 0 && era.compareTo(to) <= 0;
  }

  long maskIn(GfpEra era) {
    long mask = 0;
    for (GfpBit bit : bits) {
      mask |= bit.in(era);
    }
    return mask;
  }

  /** The era's meaning of a printed name; null if it has none. */
  static @Nullable GfpCompound of(String printed, GfpEra era) {
    for (GfpCompound compound : values()) {
      if (compound.printed.equals(printed) && compound.isIn(era)) {
        return compound;
      }
    }
    return null;
  }
}

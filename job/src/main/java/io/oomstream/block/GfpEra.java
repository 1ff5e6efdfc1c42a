package io.oomstream.block;

/**
 * The kernels that share one layout of the allocation flags, named by the first release of each.
 */
enum GfpEra {
  V2_6_32(0),
  V4_4(1),
  V4_10(2),
  V4_18(3),
  V5_1(4),
  V6_3(5),
  /** The bits of 6.3; GFP_NOWAIT includes NOWARN. */
  V6_8(5);

  private final int column;

  GfpEra(int column) {
    this.column = column;
  }

  int column() {
    return column;
  }
}

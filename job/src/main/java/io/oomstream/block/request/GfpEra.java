package io.oomstream.block.request;

import io.oomstream.block.text.Digits;
import org.jspecify.annotations.Nullable;

/**
 * The kernels that share one layout of the allocation flags, named by the first release of each.
 */
public enum GfpEra {
  V2_6_32(0, 2, 0),
  /** The bits of 2.6.32, but for NOACCOUNT in KMEMCG's place. */
  V4_1(1, 4, 1),
  V4_4(2, 4, 4),
  V4_10(3, 4, 10),
  V4_18(4, 4, 18),
  V5_1(5, 5, 1),
  V6_3(6, 6, 3),
  /** The bits of 6.3; GFP_NOWAIT includes NOWARN. */
  V6_8(6, 6, 8);

  private final int column;
  private final int major;
  private final int minor;

  GfpEra(int column, int major, int minor) {
    this.column = column;
    this.major = major;
    this.minor = minor;
  }

  int column() {
    return column;
  }

  /**
   * The era of a release as the stack header prints it, {@code 3.10.0-1160.el7.x86_64}. Vendors
   * keep the layout of the release that they started from. Null for what is no release.
   */
  public static @Nullable GfpEra of(@Nullable String release) {
    Long major = release == null ? null : Digits.before(release, 0, ".");
    int dot = release == null ? -1 : release.indexOf('.');
    Long minor = major == null || release == null ? null : Digits.at(release, dot + 1);
    if (major == null || minor == null) {
      return null;
    }
    GfpEra found = V2_6_32;
    for (GfpEra era : values()) {
      boolean reached = major > era.major || (major == era.major && minor >= era.minor);
      found = reached ? era : found;
    }
    return found;
  }
}

package io.oomstream.block.memory;

import io.oomstream.block.text.Digits;
import org.jspecify.annotations.Nullable;

/**
 * A zone.
 *
 * @param node null where the kernel prints none: without CONFIG_NUMA
 */
record ZoneName(@Nullable Integer node, String name) {

  /** The zone named just before {@code end}: {@code Node 0 DMA32}, {@code HighMem}. */
  static ZoneName endingAt(String text, int end) {
    int start = end;
    while (start > 0 && text.charAt(start - 1) != ' ') {
      start--;
    }
    int digits = start - 1;
    while (digits > 0 && Digits.isDigit(text.charAt(digits - 1))) {
      digits--;
    }
    boolean node = digits >= 5 && digits < start - 1 && text.startsWith("Node ", digits - 5);
    return new ZoneName(
        node ? Digits.toInt(Digits.at(text, digits)) : null, text.substring(start, end));
  }

  @Override
  public String toString() {
    return node == null ? name : "Node " + node + " " + name;
  }
}

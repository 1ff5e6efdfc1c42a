package io.oomstream.block;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Lists of memory nodes as {@code %*pbl} prints them: {@code 0-1,3}. */
public final class NodeList {

  /** More nodes than any kernel is built for ({@code NODES_SHIFT} is at most 10). */
  private static final int MAX_NODES = 1024;

  private NodeList() {}

  /** The list as printed; null where the kernel says there is none. */
  static @Nullable String orNull(String printed) {
    String trimmed = printed.trim();
    return trimmed.isEmpty() || trimmed.equals("(null)") ? null : trimmed;
  }

  /** The nodes; null if the text is no list. */
  public static @Nullable BitSet parse(@Nullable String list) {
    if (list == null) {
      return null;
    }
    BitSet nodes = new BitSet();
    int i = 0;
    while (i < list.length()) {
      Long first = Digits.isDigit(list.charAt(i)) ? Digits.at(list, i) : null;
      i = Digits.end(list, i);
      Long last = first;
      if (i < list.length() && list.charAt(i) == '-') {
        last = Digits.at(list, i + 1);
        i = Digits.end(list, i + 1);
      }
      if (first == null || last == null || last < first || last >= MAX_NODES) {
        return null;
      }
      nodes.set(first.intValue(), last.intValue() + 1);
      if (i < list.length() && list.charAt(i++) != ',') {
        return null;
      }
    }
    return nodes;
  }
}

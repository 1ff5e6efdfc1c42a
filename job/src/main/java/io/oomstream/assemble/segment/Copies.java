package io.oomstream.assemble.segment;

import io.oomstream.format.line.KernelLine;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whole blocks that one source holds twice: two logs of the same lines, one behind the other. Where
 * lines have neither a sequence number nor a kernel time, a block is a copy if all its lines are
 * those of an earlier one, from the head to the kill: the kernel does not kill the same process
 * twice with the same figures.
 */
final class Copies {

  private Copies() {}

  private record Key(String topic, @Nullable Long timeUs, String text) {
    static @Nullable Key of(KernelLine line) {
      boolean known = line.sequence() != null || line.kernelTimeUs() != null;
      return known ? null : new Key(line.topic(), line.wallTimeUs(), line.text());
    }
  }

  /** The lines of the copies; the input is in order of position. */
  static List<ClassifiedLine> in(List<ClassifiedLine> lines) {
    List<ClassifiedLine> copies = new ArrayList<>();
    Map<Key, Integer> heads = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      ClassifiedLine line = lines.get(i);
      Key key = line.rule().role() == Role.OPENS ? Key.of(line.line()) : null;
      if (key == null) {
        continue;
      }
      Integer first = heads.putIfAbsent(key, i);
      int length = first == null ? 0 : length(lines, first, i);
      for (int at = i; at < i + length; at++) {
        copies.add(lines.get(at));
      }
      i += Math.max(0, length - 1);
    }
    return copies;
  }

  /**
   * Of the copy that begins at the second place; 0 if there is no kill before the next head. A copy
   * is passed over as a whole, so the work is linear however often a head is repeated.
   */
  private static int length(List<ClassifiedLine> lines, int first, int second) {
    int length = 0;
    boolean kill = false;
    while (first + length < second && second + length < lines.size()) {
      ClassifiedLine line = lines.get(first + length);
      Key key = Key.of(line.line());
      boolean isNext = length > 0 && !kill && line.rule().role() == Role.OPENS;
      if (isNext || key == null || !key.equals(Key.of(lines.get(second + length).line()))) {
        break;
      }
      kill |= lines.get(second + length).rule() == LineRule.KILLED;
      length++;
    }
    return kill ? length : 0;
  }
}

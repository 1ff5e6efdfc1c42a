package io.oomstream.assemble.segment;

import io.oomstream.format.line.KernelLine;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block's id: the same lines give the same id on every run, however they were delivered. Sequence
 * numbers are not part of it, because text envelopes have none.
 */
public final class BlockId {

  private BlockId() {}

  public static String of(List<ClassifiedLine> lines) {
    IdDigest digest = new IdDigest();
    KernelLine first = lines.get(0).line();
    put(digest, first.key());
    put(digest, first.bootId());
    put(digest, first.kernelTimeUs());
    put(digest, first.wallTimeUs());
    if (first.kernelTimeUs() == null && first.wallTimeUs() == null) {
      put(digest, first.topic());
      put(digest, first.partition());
      put(digest, first.offset());
    }
    put(digest, first.text());
    put(digest, textOfFirst(lines, Role.OPENS));
    put(digest, textOfFirst(lines, Role.CLOSES));
    // Two blocks without a victim can have equal text within a second; their figures differ.
    lines.stream()
        .filter(l -> l.rule() == LineRule.MEMCG_MEMORY)
        .forEach(l -> put(digest, l.text()));
    return digest.id();
  }

  private static @Nullable String textOfFirst(List<ClassifiedLine> lines, Role role) {
    for (ClassifiedLine line : lines) {
      if (line.rule().role() == role) {
        return line.text();
      }
    }
    return null;
  }

  private static void put(IdDigest digest, @Nullable Object part) {
    digest.add(part == null ? "" : part.toString());
  }
}

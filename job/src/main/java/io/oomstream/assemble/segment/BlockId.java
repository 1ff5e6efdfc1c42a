package io.oomstream.assemble.segment;

import io.oomstream.format.line.KernelLine;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report's name: the same lines give the same one on every run, however they were delivered. Not
 * from sequence numbers, which text forms lack.
 */
public final class BlockId {

  private static final int LENGTH = 32;

  private BlockId() {}

  public static String of(List<ClassifiedLine> lines) {
    MessageDigest digest = sha256();
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
    // Reports without a victim say the same twice in a second; their figures differ.
    lines.stream()
        .filter(l -> l.rule() == LineRule.MEMCG_MEMORY)
        .forEach(l -> put(digest, l.text()));
    return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
  }

  private static @Nullable String textOfFirst(List<ClassifiedLine> lines, Role role) {
    for (ClassifiedLine line : lines) {
      if (line.rule().role() == role) {
        return line.text();
      }
    }
    return null;
  }

  private static void put(MessageDigest digest, @Nullable Object part) {
    if (part != null) {
      digest.update(part.toString().getBytes(StandardCharsets.UTF_8));
    }
    digest.update((byte) 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}

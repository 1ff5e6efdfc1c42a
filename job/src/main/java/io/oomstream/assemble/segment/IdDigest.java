package io.oomstream.assemble.segment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over the parts of an id, cut to 128 bits. Each part is closed by a byte, so that parts
 * can't run into one another.
 */
public final class IdDigest {

  private static final int HEX_DIGITS = 32;

  private final MessageDigest digest = sha256();

  /** Adds a part and closes it with 0. */
  public void add(String part) {
    digest.update(part.getBytes(StandardCharsets.UTF_8));
    close(0);
  }

  /** Closes a part with a byte; one other than 0 distinguishes an absent part from an empty one. */
  public void close(int with) {
    digest.update((byte) with);
  }

  /** The id, 32 hexadecimal digits; the digest is used up. */
  public String id() {
    return HexFormat.of().formatHex(digest.digest()).substring(0, HEX_DIGITS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}

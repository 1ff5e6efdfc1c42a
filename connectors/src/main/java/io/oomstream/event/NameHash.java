package io.oomstream.event;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A name's stand-in: {@code h:} and 12 hexadecimal digits of the HMAC-SHA256 under the salt. With
 * the prefix it is 14 characters, one less than the kernel's longest process name.
 *
 * <p>Not thread-safe.
 */
final class NameHash {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 6;

  /** A key must not be empty; this one says that there is none. */
  private static final String NO_SALT = "oomstream";

  private final Mac mac;

  NameHash(String salt) {
    byte[] key = (salt.isEmpty() ? NO_SALT : salt).getBytes(StandardCharsets.UTF_8);
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  String of(String name) {
    return of(name.getBytes(StandardCharsets.UTF_8));
  }

  String of(byte[] name) {
    return "h:" + HexFormat.of().formatHex(mac.doFinal(name), 0, BYTES);
  }
}

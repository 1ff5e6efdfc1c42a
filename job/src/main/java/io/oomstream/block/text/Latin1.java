package io.oomstream.block.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Log text is held in Latin-1, one char for one byte; what people read is the same bytes as UTF-8.
 */
public final class Latin1 {

  private Latin1() {}

  /** The bytes as UTF-8; what is not UTF-8 becomes U+FFFD. */
  public static String decode(String latin1) {
    for (int i = 0; i < latin1.length(); i++) {
      if (latin1.charAt(i) >= 0x80) {
        return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      }
    }
    return latin1;
  }

  /** Whether the bytes are UTF-8, so that {@link #decode} keeps all of them. */
  public static boolean isUtf8(String latin1) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1)));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}

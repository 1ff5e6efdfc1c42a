package io.oomstream.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** A record that was compressed as a whole, as GELF senders do: gzip or zlib. */
final class Compressed {

  /** Kafka's own limit is 1 MiB a record; log text packs ten to one. */
  private static final int MOST_BYTES = 16 << 20;

  private Compressed() {}

  static boolean is(byte[] value) {
    return isGzip(value) || isZlib(value);
  }

  static boolean isGzip(byte[] value) {
    return value.length > 2 && value[0] == 0x1f && value[1] == (byte) 0x8b;
  }

  /** RFC 1950: method 8 in a window of 32 KiB, and a header that divides by 31. */
  private static boolean isZlib(byte[] value) {
    return value.length > 2 && value[0] == 0x78 && (0x7800 | (value[1] & 0xff)) % 31 == 0;
  }

  /** The uncompressed bytes; null if they are damaged or too large. */
  static byte @Nullable [] inflate(byte[] value) {
    try (InputStream in = open(value)) {
      byte[] plain = in.readNBytes(MOST_BYTES + 1);
      return plain.length > MOST_BYTES ? null : plain;
    } catch (IOException e) {
      return null;
    }
  }

  private static InputStream open(byte[] value) throws IOException {
    InputStream bytes = new ByteArrayInputStream(value);
    return isGzip(value) ? new GZIPInputStream(bytes) : new InflaterInputStream(bytes);
  }
}

package io.oomstream.cli.input;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.jspecify.annotations.Nullable;

/** How a file is packed, by its first bytes. */
public final class Packing {

  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
  private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
  private static final byte[] BZIP2 = {'B', 'Z', 'h'};

  /** {@code systemd src/libsystemd/sd-journal/journal-def.h: HEADER_SIGNATURE}. */
  private static final byte[] JOURNAL = "LPKSHHRH".getBytes(StandardCharsets.ISO_8859_1);

  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] USTAR = "ustar".getBytes(StandardCharsets.ISO_8859_1);
  private static final int USTAR_AT = 257;
  private static final int TAR_BLOCK = 512;

  /** A packed file in a packed file, but no bomb of them. */
  private static final int MOST_LAYERS = 3;

  private static final int BUFFER = 1 << 16;

  private Packing() {}

  /** The bytes, unpacked; the caller closes the stream. */
  public static BufferedInputStream unpacked(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, BUFFER);
    for (int layer = 0; layer < MOST_LAYERS; layer++) {
      InputStream inside = inside(in);
      if (inside == null) {
        return in;
      }
      in = new BufferedInputStream(inside, BUFFER);
    }
    return in;
  }

  private static @Nullable InputStream inside(BufferedInputStream in) throws IOException {
    byte[] begin = begin(in, XZ.length);
    if (starts(begin, GZIP)) {
      return new GzipCompressorInputStream(in, true);
    }
    if (starts(begin, XZ)) {
      return new XZCompressorInputStream(in, true);
    }
    if (starts(begin, ZSTD)) {
      return new ZstdCompressorInputStream(in);
    }
    boolean level = begin.length > 3 && begin[3] >= '1' && begin[3] <= '9';
    return level && starts(begin, BZIP2) ? new BZip2CompressorInputStream(in, true) : null;
  }

  public static boolean isTar(BufferedInputStream in) throws IOException {
    byte[] begin = begin(in, TAR_BLOCK);
    return begin.length == TAR_BLOCK
        && starts(Arrays.copyOfRange(begin, USTAR_AT, USTAR_AT + USTAR.length), USTAR);
  }

  public static boolean isZip(BufferedInputStream in) throws IOException {
    return starts(begin(in, ZIP.length), ZIP);
  }

  public static boolean isJournal(byte[] begin) {
    return starts(begin, JOURNAL);
  }

  private static byte[] begin(BufferedInputStream in, int count) throws IOException {
    in.mark(count);
    byte[] begin = in.readNBytes(count);
    in.reset();
    return begin;
  }

  private static boolean starts(byte[] begin, byte[] magic) {
    return begin.length >= magic.length
        && Arrays.equals(begin, 0, magic.length, magic, 0, magic.length);
  }
}

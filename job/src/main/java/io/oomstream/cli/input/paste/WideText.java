package io.oomstream.cli.input.paste;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** UTF-16, as Windows' shells write what is redirected into a file, with and without its mark. */
public final class WideText {

  private static final int SAMPLE = 512;

  private WideText() {}

  /** The same text in UTF-8; the stream itself if it is not of 16 bits a character. */
  public static BufferedInputStream narrowed(BufferedInputStream in) throws IOException {
    in.mark(SAMPLE);
    byte[] begin = in.readNBytes(SAMPLE);
    in.reset();
    Charset charset = of(begin);
    return charset == null ? in : new BufferedInputStream(new Utf8(in, charset), 1 << 16);
  }

  /** Null if the text is not in UTF-16. */
  public static @Nullable Charset of(byte[] begin) {
    if (begin.length >= 2 && (begin[0] & 0xff) == 0xff && (begin[1] & 0xff) == 0xfe) {
      return StandardCharsets.UTF_16LE;
    }
    if (begin.length >= 2 && (begin[0] & 0xff) == 0xfe && (begin[1] & 0xff) == 0xff) {
      return StandardCharsets.UTF_16BE;
    }
    int[] zeros = new int[2];
    int pairs = begin.length / 2;
    for (int i = 0; i < 2 * pairs; i++) {
      zeros[i % 2] += begin[i] == 0 ? 1 : 0;
    }
    // A log is ASCII for the most part: every second byte is zero, no other.
    if (pairs < 8) {
      return null;
    }
    if (zeros[1] * 10 >= pairs * 9 && zeros[0] == 0) {
      return StandardCharsets.UTF_16LE;
    }
    return zeros[0] * 10 >= pairs * 9 && zeros[1] == 0 ? StandardCharsets.UTF_16BE : null;
  }

  private static final class Utf8 extends InputStream {
    private final Reader reader;
    private byte[] bytes = new byte[0];
    private int next;
    private final char[] chars = new char[4096];

    Utf8(InputStream in, Charset charset) {
      reader = new InputStreamReader(in, charset);
    }

    @Override
    public int read() throws IOException {
      while (next == bytes.length) {
        int count = reader.read(chars);
        if (count < 0) {
          return -1;
        }
        bytes = new String(chars, 0, count).replace("\ufeff", "").getBytes(StandardCharsets.UTF_8);
        next = 0;
      }
      return bytes[next++] & 0xff;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}

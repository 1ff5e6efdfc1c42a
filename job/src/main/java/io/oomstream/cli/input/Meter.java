package io.oomstream.cli.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of the logs have been read, as they are stored. Thread-safe. */
public final class Meter {

  private final AtomicLong bytes = new AtomicLong();

  public long bytes() {
    return bytes.get();
  }

  InputStream counting(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        int b = in.read();
        bytes.addAndGet(b < 0 ? 0 : 1);
        return b;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int count = in.read(into, offset, length);
        bytes.addAndGet(Math.max(0, count));
        return count;
      }
    };
  }
}

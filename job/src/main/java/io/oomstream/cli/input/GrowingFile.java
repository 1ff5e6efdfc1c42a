package io.oomstream.cli.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that is written to, without an end: where it ends it waits for more. One that is replaced
 * or emptied, as by logrotate, is read anew from its beginning.
 */
public final class GrowingFile extends InputStream {

  private static final long POLL_MS = 200;

  private final Path path;
  private InputStream in;
  private @Nullable Object key;
  private long position;

  public GrowingFile(Path path) throws IOException {
    this.path = path;
    key = key();
    in = Files.newInputStream(path);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    while (true) {
      int count = in.read(into, offset, length);
      if (count >= 0) {
        position += count;
        return count;
      }
      try {
        Thread.sleep(POLL_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return -1;
      }
      reopenIfReplaced();
    }
  }

  private void reopenIfReplaced() throws IOException {
    if (!Files.exists(path)) {
      // Between the old one and the new one.
      return;
    }
    Object now = key();
    if (!Objects.equals(now, key) || Files.size(path) < position) {
      in.close();
      in = Files.newInputStream(path);
      key = now;
      position = 0;
    }
  }

  private @Nullable Object key() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

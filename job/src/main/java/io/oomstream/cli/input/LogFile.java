package io.oomstream.cli.input;

import io.oomstream.cli.input.paste.WideText;
import io.oomstream.cli.report.KillStory;
import io.oomstream.format.file.FileForm;
import io.oomstream.format.file.FileSplitter;
import io.oomstream.format.line.Envelope;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A log to read.
 *
 * @param path as given; {@code -} is standard input, {@code archive:member} a file of an archive
 * @param referenceMs when the log cannot be newer than: settles the year where the log has none.
 *     Milliseconds since the epoch
 * @param file where its bytes are; null for standard input
 * @param host that the archive names; null if the lines and the path are all there is
 */
public record LogFile(String path, long referenceMs, @Nullable String file, @Nullable String host)
    implements Serializable {

  /** One byte of so many that no text holds makes a file with zero bytes a binary one. */
  private static final int MOST_STRANGE = 8;

  public static final String STANDARD_INPUT = KillStory.STANDARD_INPUT;

  /**
   * Checks that the file can be read and holds text, or a form that is not text.
   *
   * @param pinned {@link Envelope#AUTO} to tell the form by shape
   */
  public static LogFile of(String path, long now, Envelope pinned) throws UnusableInput {
    if (path.equals(STANDARD_INPUT)) {
      return new LogFile(path, now, null, null);
    }
    Path file = Path.of(path);
    if (!Files.exists(file)) {
      throw new UnusableInput(path + ": no such file");
    }
    if (!Files.isReadable(file)) {
      throw new UnusableInput(path + ": may not be read; check its permissions");
    }
    try {
      LogFile log = new LogFile(path, Files.getLastModifiedTime(file).toMillis(), path, null);
      log.check(pinned);
      return log;
    } catch (IOException e) {
      throw new UnusableInput(path + ": cannot be read: " + e.getMessage());
    }
  }

  /** A copy of a file of {@code /proc}. */
  public static LogFile ofCopy(String path) throws IOException {
    return new LogFile(path, Files.getLastModifiedTime(Path.of(path)).toMillis(), path, null);
  }

  /** Throws with a reason for people where the beginning is no log. */
  void check(Envelope pinned) throws UnusableInput, IOException {
    try (BufferedInputStream in = open()) {
      byte[] begin = in.readNBytes(FileSplitter.LOOK_AHEAD);
      if (Packing.isJournal(begin)) {
        throw new UnusableInput(
            path
                + ": is a binary journal; read it with: journalctl --file '"
                + path
                + "' -k -o export | ./oomstream analyze -");
      }
      FileForm form = FileForm.of(begin, pinned);
      if (begin.length == 0 || form == FileForm.LINES || form == FileForm.JSON) {
        checkText(path, begin);
      }
    }
  }

  /** The same log of a host. */
  public LogFile of(@Nullable String named) {
    return new LogFile(path, referenceMs, file, named);
  }

  private static void checkText(String path, byte[] begin) throws UnusableInput {
    if (begin.length == 0) {
      throw new UnusableInput(path + ": is empty");
    }
    if (WideText.of(begin) != null) {
      return;
    }
    if (isBinary(begin)) {
      throw new UnusableInput(
          path
              + ": is not text (it holds zero bytes); give a kernel log as text, gzip, xz, zstd"
              + " or bzip2");
    }
  }

  /** A crash leaves zero bytes in a log that was being written: they alone are no proof. */
  private static boolean isBinary(byte[] begin) {
    int zeros = 0;
    int strange = 0;
    for (byte b : begin) {
      boolean blank = b == '\t' || b == '\n' || b == '\r' || b == '\f' || b == '\b' || b == 0x1b;
      zeros += b == 0 ? 1 : 0;
      strange += b != 0 && b < ' ' && !blank ? 1 : 0;
    }
    return zeros > 0 && strange * MOST_STRANGE >= begin.length - zeros;
  }

  /** The log's bytes, unpacked if they are packed. */
  @SuppressWarnings("resource") // the caller closes what it gets; standard input stays open
  public BufferedInputStream open() throws IOException {
    return Packing.unpacked(raw());
  }

  /** The log's bytes as they are stored. */
  @SuppressWarnings("resource") // likewise
  InputStream raw() throws IOException {
    return file == null ? System.in : Files.newInputStream(Path.of(file));
  }
}

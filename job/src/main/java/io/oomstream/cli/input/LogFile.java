package io.oomstream.cli.input;

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
import java.util.zip.GZIPInputStream;

/**
 * A log to read, by the path as given; {@code -} is standard input.
 *
 * @param referenceMs when the log cannot be newer than: settles the year where the log has none.
 *     Milliseconds since the epoch
 */
public record LogFile(String path, long referenceMs) implements Serializable {

  public static final String STANDARD_INPUT = KillStory.STANDARD_INPUT;

  /**
   * Checks that the file can be read and holds text, or a form that is not text.
   *
   * @param pinned {@link Envelope#AUTO} to tell the form by shape
   */
  public static LogFile of(String path, long now, Envelope pinned) throws UnusableInput {
    if (path.equals(STANDARD_INPUT)) {
      return new LogFile(path, now);
    }
    Path file = Path.of(path);
    if (!Files.exists(file)) {
      throw new UnusableInput(path + ": no such file");
    }
    if (Files.isDirectory(file)) {
      throw new UnusableInput(path + ": is a directory; name the log files in it");
    }
    if (!Files.isReadable(file)) {
      throw new UnusableInput(path + ": may not be read; check its permissions");
    }
    LogFile log;
    try {
      log = new LogFile(path, Files.getLastModifiedTime(file).toMillis());
      try (InputStream in = log.open()) {
        byte[] begin = in.readNBytes(FileSplitter.LOOK_AHEAD);
        FileForm form = FileForm.of(begin, pinned);
        if (begin.length == 0 || form == FileForm.LINES || form == FileForm.JSON) {
          checkText(path, begin);
        }
      }
    } catch (IOException e) {
      throw new UnusableInput(path + ": cannot be read: " + e.getMessage());
    }
    return log;
  }

  private static void checkText(String path, byte[] begin) throws UnusableInput {
    if (begin.length == 0) {
      throw new UnusableInput(path + ": is empty");
    }
    for (byte b : begin) {
      if (b == 0) {
        throw new UnusableInput(
            path + ": is not text (it holds zero bytes); give a kernel log as text or gzip");
      }
    }
  }

  /** The log's bytes, unpacked if they are gzip. */
  @SuppressWarnings("resource") // the caller closes what it gets; standard input stays open
  BufferedInputStream open() throws IOException {
    InputStream raw = path.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(path));
    BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip ? new BufferedInputStream(new GZIPInputStream(in), 1 << 16) : in;
  }
}

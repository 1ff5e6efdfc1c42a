package io.oomstream.cli.shell;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Where a report goes: standard output or a file. A file appears under its name when it is whole;
 * what can't be written is an error, on standard output too.
 *
 * <p>Example: {@code file("kern.html")}, {@code print}, {@code finish()}, {@code close()}.
 */
public final class ReportOutput implements Closeable {

  /** The output can't be written, with a sentence for people. */
  public static final class Failed extends IOException {
    private static final long serialVersionUID = 1;

    /** Whether the reader went away, as {@code head} does: then nobody reads a message. */
    private final boolean unread;

    Failed(String message, boolean unread) {
      super(message);
      this.unread = unread;
    }

    public boolean isUnread() {
      return unread;
    }
  }

  private final OutputStream out;
  private final String name;
  private final @Nullable Path target;
  private final @Nullable Path draft;
  private boolean finished;

  private ReportOutput(OutputStream out, String name, @Nullable Path target, @Nullable Path draft) {
    this.out = out;
    this.name = name;
    this.target = target;
    this.draft = draft;
  }

  /**
   * Standard output.
   *
   * @param own whether it is written to directly, for the errors' reasons; else through {@link
   *     System#out}
   */
  public static ReportOutput standard(boolean own) {
    OutputStream out =
        own
            ? new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))
            : new Checked(System.out);
    return new ReportOutput(out, "standard output", null, null);
  }

  /** A file; one that is there is replaced when the report is whole. */
  public static ReportOutput file(String path) throws Failed {
    Path target = Path.of(path);
    try {
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        return new ReportOutput(
            new BufferedOutputStream(Files.newOutputStream(target)), path, null, null);
      }
      Path folder = target.toAbsolutePath().getParent();
      Path draft =
          (folder == null ? Path.of(".") : folder).resolve("." + target.getFileName() + ".part");
      return new ReportOutput(
          new BufferedOutputStream(Files.newOutputStream(draft)), path, target, draft);
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  public void print(String text) throws Failed {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  /** What was printed can be read now. */
  public void flush() throws Failed {
    try {
      out.flush();
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  /** The report is whole: a file gets its name. */
  public void finish() throws Failed {
    flush();
    try {
      if (target != null && draft != null) {
        out.close();
        Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
      }
      finished = true;
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  @Override
  public void close() throws IOException {
    if (target == null) {
      return;
    }
    try {
      out.close();
    } catch (IOException e) {
      // Said already where it was written.
      finished = false;
    }
    if (!finished && draft != null) {
      Files.deleteIfExists(draft);
    }
  }

  private static Failed failed(String name, IOException e) {
    String why = e instanceof FileSystemException fs ? reason(fs) : String.valueOf(e.getMessage());
    return new Failed(
        name + ": cannot be written: " + why,
        why.toLowerCase(java.util.Locale.ROOT).contains("broken pipe"));
  }

  private static String reason(FileSystemException e) {
    if (e instanceof java.nio.file.NoSuchFileException) {
      return "no such folder";
    }
    if (e instanceof java.nio.file.AccessDeniedException) {
      return "permission denied";
    }
    return e.getReason() == null ? String.valueOf(e.getMessage()) : e.getReason();
  }

  /** A print stream keeps its errors to itself. */
  private static final class Checked extends OutputStream {
    private final PrintStream out;

    Checked(PrintStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      check();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      check();
    }

    @Override
    public void flush() throws IOException {
      check();
    }

    private void check() throws IOException {
      if (out.checkError()) {
        throw new IOException("it is closed, or the disk is full");
      }
    }
  }
}

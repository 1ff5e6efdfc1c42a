package io.oomstream.cli.serve;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A log out of a form that a browser sent (multipart/form-data, RFC 7578): the file, or else the
 * text that was pasted.
 *
 * @param log its bytes; empty if the form has none
 * @param name of the file; null for pasted text
 */
record Upload(byte[] log, @Nullable String name) {

  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** A form or log that is larger than it may be. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1;

    TooLarge() {
      super("too large");
    }
  }

  /** All bytes of a stream, as long as they are no more than these. */
  static byte[] all(InputStream in, int most) throws IOException {
    byte[] bytes = in.readNBytes(most);
    if (bytes.length == most && in.read() >= 0) {
      throw new TooLarge();
    }
    return bytes;
  }

  /**
   * Reads a form.
   *
   * @param contentType of the request
   * @return null if it is not such a form
   */
  static @Nullable Upload of(@Nullable String contentType, byte[] form) {
    byte[] boundary = boundary(contentType);
    if (boundary == null) {
      return null;
    }
    Upload best = new Upload(new byte[0], null);
    int at = indexOf(form, boundary, 0);
    while (at >= 0) {
      int start = at + boundary.length;
      int next = indexOf(form, boundary, start);
      if (next < 0) {
        break;
      }
      Upload part = part(form, start, next);
      if (part != null && part.log().length > 0 && (best.name() == null || part.name() != null)) {
        best = part;
      }
      at = next;
    }
    return best;
  }

  private static byte @Nullable [] boundary(@Nullable String contentType) {
    if (contentType == null
        || !contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
      return null;
    }
    int at = contentType.toLowerCase(Locale.ROOT).indexOf("boundary=");
    if (at < 0) {
      return null;
    }
    String value = contentType.substring(at + "boundary=".length());
    int end = value.indexOf(';');
    String bare = (end < 0 ? value : value.substring(0, end)).replace("\"", "").strip();
    // RFC 2046 allows 70 characters.
    if (bare.isEmpty() || bare.length() > 70) {
      return null;
    }
    return ("--" + bare).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static @Nullable Upload part(byte[] form, int from, int to) {
    int headEnd = indexOf(form, HEAD_END, from);
    int start = headEnd + HEAD_END.length;
    int end = to - 2; // the line end before the boundary
    if (headEnd < 0 || start > end) {
      return null;
    }
    String head = new String(form, from, headEnd - from, StandardCharsets.UTF_8);
    String file = parameter(head, "filename=\"");
    return new Upload(
        Arrays.copyOfRange(form, start, end), file == null || file.isBlank() ? null : file);
  }

  private static @Nullable String parameter(String head, String name) {
    int at = head.indexOf(name);
    int start = at + name.length();
    int end = at < 0 ? -1 : head.indexOf('"', start);
    if (end < 0) {
      return null;
    }
    String value = head.substring(start, end);
    return value.substring(Math.max(value.lastIndexOf('/'), value.lastIndexOf('\\')) + 1);
  }

  /** Writes the log, out of its gzip if it is one, as long as it is no more than these bytes. */
  void writeTo(Path file, long most) throws IOException {
    boolean gzip = log.length > 1 && (log[0] & 0xff) == 0x1f && (log[1] & 0xff) == 0x8b;
    InputStream raw = new ByteArrayInputStream(log);
    try (InputStream in = gzip ? new GZIPInputStream(raw) : raw;
        OutputStream out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      long written = 0;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        written += n;
        if (written > most) {
          throw new TooLarge();
        }
        out.write(buffer, 0, n);
      }
    }
  }

  private static int indexOf(byte[] in, byte[] what, int from) {
    outer:
    for (int i = from; i <= in.length - what.length; i++) {
      for (int k = 0; k < what.length; k++) {
        if (in[i + k] != what[k]) {
          continue outer;
        }
      }
      return i;
    }
    return -1;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Upload that
        && Arrays.equals(log, that.log)
        && Objects.equals(name, that.name);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(log);
  }

  @Override
  public String toString() {
    return name + ", " + log.length + " bytes";
  }
}

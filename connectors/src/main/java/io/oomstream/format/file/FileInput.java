package io.oomstream.format.file;

import io.oomstream.format.line.Scratch;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a file, with the number of the line that the next one is in. */
final class FileInput {

  private static final int CHUNK = 1 << 16;

  private final InputStream in;
  private final byte[] chunk = new byte[CHUNK];
  private int next;
  private int end;
  private boolean ended;
  private long line = 1;

  FileInput(InputStream in) {
    this.in = in;
  }

  /** From 1. */
  long line() {
    return line;
  }

  /** The next byte, which stays; -1 at the end. */
  int peek() throws IOException {
    return hasMore() ? chunk[next] & 0xff : -1;
  }

  /** The next byte; -1 at the end. */
  int read() throws IOException {
    if (!hasMore()) {
      return -1;
    }
    int b = chunk[next++] & 0xff;
    line += b == '\n' ? 1 : 0;
    return b;
  }

  /** Reads to the end of the line, which is taken but not added. False at the end of the file. */
  boolean readLine(Scratch into) throws IOException {
    if (!hasMore()) {
      return false;
    }
    do {
      int stop = next;
      while (stop < end && chunk[stop] != '\n') {
        stop++;
      }
      addWithin(into, next, stop);
      next = stop;
      if (stop < end) {
        next++;
        line++;
        return true;
      }
    } while (hasMore());
    return true;
  }

  /** Reads so many bytes, or to the end of the file. */
  void read(long count, Scratch into) throws IOException {
    for (long i = 0; i < count && peek() >= 0; i++) {
      addWithin(into, read());
    }
  }

  /** What is too long is read but not kept. */
  static void addWithin(Scratch into, int b) {
    if (into.size() < FileSplitter.LONGEST) {
      into.add(b);
    }
  }

  private void addWithin(Scratch into, int from, int to) {
    into.add(
        chunk, from, from + Math.min(to - from, Math.max(0, FileSplitter.LONGEST - into.size())));
  }

  private boolean hasMore() throws IOException {
    if (next < end) {
      return true;
    }
    if (!ended) {
      int read = in.read(chunk, 0, chunk.length);
      ended = read < 0;
      next = 0;
      end = Math.max(0, read);
    }
    return next < end;
  }
}

package io.oomstream.format.file;

import io.oomstream.format.line.Scratch;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a file, with the number of the line that the next one is in. */
final class FileInput {

  private static final int NOT_READ = -2;

  private final InputStream in;
  private long line = 1;
  private int ahead = NOT_READ;

  FileInput(InputStream in) {
    this.in = in;
  }

  /** From 1. */
  long line() {
    return line;
  }

  /** The next byte, which stays; -1 at the end. */
  int peek() throws IOException {
    if (ahead == NOT_READ) {
      ahead = in.read();
    }
    return ahead;
  }

  /** The next byte; -1 at the end. */
  int read() throws IOException {
    int b = ahead == NOT_READ ? in.read() : ahead;
    ahead = b < 0 ? b : NOT_READ;
    line += b == '\n' ? 1 : 0;
    return b;
  }

  /** Reads to the end of the line, which is taken but not added. False at the end of the file. */
  boolean readLine(Scratch into) throws IOException {
    if (peek() < 0) {
      return false;
    }
    int b = read();
    while (b >= 0 && b != '\n') {
      addWithin(into, b);
      b = read();
    }
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
}

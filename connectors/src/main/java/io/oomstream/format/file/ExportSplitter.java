package io.oomstream.format.file;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.JournalExport;
import io.oomstream.format.line.Scratch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Entries of {@code journalctl -o export}. An empty line ends one, but not within a binary field,
 * which says its own length.
 */
final class ExportSplitter implements FileSplitter {

  private static final int LENGTH_BYTES = 8;

  private final FileInput in;
  private boolean broken;
  private final Scratch entry = new Scratch();
  private final Scratch skipped = new Scratch();

  ExportSplitter(FileInput in) {
    this.in = in;
  }

  @Override
  public @Nullable FileUnit next() throws IOException {
    while (in.peek() == '\n' || in.peek() == '\r') {
      in.read();
    }
    long line = in.line();
    entry.clear();
    broken = false;
    while (field()) {
      entry.add('\n');
    }
    if (broken) {
      skipEntry();
    }
    return entry.size() == 0 ? null : new FileUnit(line, entry.toArray());
  }

  /** Adds a field; false at the end of the entry or of the file, or where a length cannot be. */
  private boolean field() throws IOException {
    int start = entry.size();
    boolean read = in.readLine(entry);
    int end = entry.size();
    boolean empty = end == start || (end == start + 1 && entry.bytes()[start] == '\r');
    if (!read || empty || end >= LONGEST) {
      return false;
    }
    if (Ascii.indexOf(entry.bytes(), start, end, '=') >= 0) {
      return true;
    }
    entry.add('\n');
    in.read(LENGTH_BYTES, entry);
    int data = entry.size();
    boolean counted = data == end + 1 + LENGTH_BYTES;
    long length = counted ? JournalExport.littleEndian(entry.bytes(), end + 1) : -1;
    broken = length < 0 || length > LONGEST;
    if (broken) {
      return false;
    }
    in.read(length, entry);
    // Without its newline the field is cut, or its length is not its length.
    broken = entry.size() != data + length || in.peek() != '\n';
    if (!broken) {
      in.read();
    }
    return !broken;
  }

  /** Goes to the next entry: the rest of this one would be read as something else. */
  private void skipEntry() throws IOException {
    do {
      skipped.clear();
    } while (in.readLine(skipped) && skipped.size() > 1);
  }
}

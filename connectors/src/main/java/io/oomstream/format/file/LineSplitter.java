package io.oomstream.format.file;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.Scratch;
import io.oomstream.format.text.CriHeader;
import io.oomstream.format.time.WallTime;
import java.io.IOException;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A line each, but the parts of a container's line together: in a file, other than in a topic, they
 * follow each other. So do the later lines of a record, which journalctl and {@code dmesg -T} set
 * below the text of the first: they name no host of their own.
 */
final class LineSplitter implements FileSplitter {

  /** No narrower is a syslog's time. */
  private static final int LEAST_INDENT = 16;

  private final FileInput in;
  private final Scratch piece = new Scratch();
  private final CriHeader header = new CriHeader(new WallTime(ZoneOffset.UTC));
  private final boolean[] open = new boolean[2];

  private final Scratch ahead = new Scratch();
  private long aheadLine;
  private boolean isAhead;

  LineSplitter(FileInput in) {
    this.in = in;
  }

  @Override
  public @Nullable FileUnit next() throws IOException {
    long line = isAhead ? aheadLine : in.line();
    piece.clear();
    if (isAhead) {
      piece.add(ahead.bytes(), 0, ahead.size());
      isAhead = false;
    } else if (!in.readLine(piece)) {
      return null;
    }
    open[0] = false;
    open[1] = false;
    boolean goesOn = takesPart(0);
    while (goesOn && piece.size() < LONGEST && in.peek() >= 0) {
      piece.add('\n');
      int start = piece.size();
      in.readLine(piece);
      goesOn = takesPart(start);
    }
    if (piece.size() > 0 && piece.bytes()[0] != ' ' && piece.bytes()[0] != '{') {
      addIndented();
    }
    return new FileUnit(line, piece.toArray());
  }

  /** The lines that begin with a prefix' width of blanks; the one after them is kept for later. */
  private void addIndented() throws IOException {
    while (in.peek() == ' ' && piece.size() < LONGEST) {
      aheadLine = in.line();
      ahead.clear();
      in.readLine(ahead);
      if (Ascii.skipBlanks(ahead.bytes(), 0, ahead.size()) < LEAST_INDENT) {
        isAhead = true;
        return;
      }
      piece.add('\n');
      piece.add(ahead.bytes(), 0, ahead.size());
    }
  }

  /** Whether parts are open after the line that begins there. */
  private boolean takesPart(int start) {
    if (header.read(piece.bytes(), start, piece.size())) {
      open[header.isError ? 1 : 0] = header.isPart;
      return open[0] || open[1];
    }
    return false;
  }
}

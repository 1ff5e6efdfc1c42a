package io.oomstream.format;

import java.io.IOException;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A line each, but the parts of a container's line together: in a file, other than in a topic, they
 * follow each other.
 */
final class LineUnits implements FileUnits {

  private final FileInput in;
  private final Scratch piece = new Scratch();
  private final CriHeader header = new CriHeader(new WallTime(ZoneOffset.UTC));
  private final boolean[] open = new boolean[2];

  LineUnits(FileInput in) {
    this.in = in;
  }

  @Override
  public @Nullable FileUnit next() throws IOException {
    long line = in.line();
    piece.clear();
    if (!in.readLine(piece)) {
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
    return new FileUnit(line, piece.toArray());
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

package io.oomstream.cli.input.paste;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * A text as the kernel wrote it, out of what people paste: without quotes, indentation, colours and
 * the like, broken lines joined. Read piece by piece, so that a log of any size can be read; knows
 * of each of its lines where it stood.
 */
public final class CleanText extends InputStream {

  /** A paste is smaller; of a longer log each piece is looked at by itself. */
  private static final int LINES = 20_000;

  private static final int BYTES = 8 << 20;

  private final InputStream in;
  private final LineRead.Reader reader = new LineRead.Reader();
  private final Deque<Long> numbers = new ArrayDeque<>();
  private byte[] bytes = new byte[0];
  private int next;
  private long number;
  private long dropped;
  private boolean ended;

  public CleanText(InputStream in) {
    this.in = in;
  }

  /** Where the line stood. To be asked of lines in order: those before are forgotten. */
  public long placeOf(long line) {
    while (dropped + 1 < line && numbers.size() > 1) {
      numbers.remove();
      dropped++;
    }
    Long place = numbers.peek();
    return place == null ? line : place;
  }

  @Override
  public int read() throws IOException {
    return fill() ? bytes[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, bytes.length - next);
    System.arraycopy(bytes, next, into, offset, count);
    next += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean fill() throws IOException {
    while (next == bytes.length) {
      List<LineRead> lines = readLines();
      if (lines.isEmpty()) {
        return false;
      }
      StringBuilder text = new StringBuilder();
      for (LineRead line : repaired(lines)) {
        numbers.add(line.number());
        text.append(line.text()).append('\n');
      }
      bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
      next = 0;
    }
    return true;
  }

  private List<LineRead> repaired(List<LineRead> raw) {
    List<LineRead> lines = QuotedPrintable.is(raw) ? QuotedPrintable.decode(raw) : raw;
    List<LineRead> read = new ArrayList<>(lines.size());
    for (LineRead line : PasteLines.apart(lines)) {
      read.add(reader.read(line.number(), PasteCleaner.clean(line.text())));
    }
    read = PasteCuts.marked(reader, read);
    read = new PasteFrame(reader).removed(read);
    read.replaceAll(line -> PasteTabs.expanded(reader, line));
    read = new PasteIndent(reader).removed(read);
    read = new PasteHeads(reader).mended(read);
    read = new PasteWrap(reader).joined(read);
    return PasteOrder.oldestFirst(PasteNewlines.restored(read));
  }

  private List<LineRead> readLines() throws IOException {
    List<LineRead> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int count = 0;
    while (!ended && lines.size() < LINES && count < BYTES) {
      int b = in.read();
      count++;
      ended = b < 0;
      if (b == '\n' || (ended && line.length() > 0)) {
        lines.add(new LineRead(++number, line.toString(), 0, null));
        line.setLength(0);
      } else if (!ended) {
        line.append((char) b);
      }
    }
    if (line.length() > 0) {
      lines.add(new LineRead(++number, line.toString(), 0, null));
    }
    return lines;
  }
}

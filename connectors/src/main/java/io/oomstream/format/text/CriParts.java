package io.oomstream.format.text;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.Scratch;

/**
 * Joins lines that a container runtime split: containerd splits a line at 16 KiB, CRI-O at the end
 * of each read from the container's pipe. Parts have the tag {@code P}, the last one {@code F}; the
 * parts of the two streams can be mixed.
 *
 * <p>Only within one record: a record does not have its file's name, and the next part can be in
 * another partition. A part without its rest is read without its last word ({@link #wholeWords}); a
 * rest without its beginning looks like any other line.
 */
public final class CriParts {

  private final CriHeader header;
  private final Scratch joined = new Scratch();
  private final Scratch[] open = {new Scratch(), new Scratch()};

  /**
   * The position of the first part's tag: it varies, because the runtime omits trailing zeros of a
   * fraction.
   */
  private final int[] tags = new int[2];

  public CriParts(CriHeader header) {
    this.header = header;
  }

  /** The record with joined parts; the array itself if there is nothing to join. */
  public byte[] join(byte[] value, int start) {
    boolean oneLine = lineEnd(value, start) >= value.length - 1;
    if (oneLine || !holdsParts(value, start)) {
      return value;
    }
    joined.clear();
    open[0].clear();
    open[1].clear();
    for (int from = start; from < value.length; ) {
      int after = lineEnd(value, from);
      line(value, from, after > from && value[after - 1] == '\r' ? after - 1 : after);
      from = after + 1;
    }
    flush(open[0]);
    flush(open[1]);
    return joined.toArray();
  }

  private boolean holdsParts(byte[] value, int start) {
    for (int from = start; from < value.length; from = lineEnd(value, from) + 1) {
      if (header.read(value, from, lineEnd(value, from)) && header.isPart) {
        return true;
      }
    }
    return false;
  }

  private void line(byte[] value, int start, int end) {
    if (!header.read(value, start, end)) {
      joined.add(value, start, end);
      joined.add('\n');
      return;
    }
    int stream = header.isError ? 1 : 0;
    Scratch parts = open[stream];
    if (parts.size() > 0) {
      parts.add(value, header.message, end);
      if (!header.isPart) {
        parts.set(tags[stream], 'F');
        flush(parts);
      }
    } else if (header.isPart) {
      tags[stream] = header.tag - start;
      parts.add(value, start, end);
    } else {
      joined.add(value, start, end);
      joined.add('\n');
    }
  }

  private void flush(Scratch parts) {
    if (parts.size() > 0) {
      joined.add(parts.bytes(), 0, parts.size());
      joined.add('\n');
      parts.clear();
    }
  }

  private static int lineEnd(byte[] value, int start) {
    int newline = Ascii.indexOf(value, start, value.length, '\n');
    return newline < 0 ? value.length : newline;
  }

  /** The end of the last whole word of a part without its rest. */
  public static int wholeWords(byte[] text, int start, int end) {
    int at = end;
    while (at > start && text[at - 1] != ' ' && text[at - 1] != ',') {
      at--;
    }
    return Math.max(start, at - 1);
  }
}

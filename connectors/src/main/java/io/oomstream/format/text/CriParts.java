package io.oomstream.format.text;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.Scratch;

/**
 * Puts together what a container runtime made several lines of: containerd breaks a line at 16 KiB,
 * CRI-O wherever a read of the container's pipe ended. Parts are marked {@code P}, the last one
 * {@code F}; those of the two streams may stand between each other.
 *
 * <p>Only within one record: a record does not say of which file it is, and the next part may come
 * over another partition. What has lost its rest is read without its last word ({@link
 * #wholeWords}); a rest without its beginning looks like any other line.
 */
public final class CriParts {

  private final CriHeader header;
  private final Scratch joined = new Scratch();
  private final Scratch[] open = {new Scratch(), new Scratch()};

  /** Where the tag of the first part stands: the runtime leaves a fraction's last zeros away. */
  private final int[] tags = new int[2];

  public CriParts(CriHeader header) {
    this.header = header;
  }

  /** The record with its parts put together; the array itself if there is nothing to join. */
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

  /** Where to end a part whose rest is missing: its last word, or number, may be cut. */
  public static int wholeWords(byte[] text, int start, int end) {
    int at = end;
    while (at > start && text[at - 1] != ' ' && text[at - 1] != ',') {
      at--;
    }
    return Math.max(start, at - 1);
  }
}

package io.oomstream.format.text;

import static io.oomstream.bytes.Ascii.is;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.LineView;
import io.oomstream.format.time.WallTime;

/** The beginning of a container runtime's line, {@code time stdout F }; valid after a read. */
public final class CriHeader {

  private static final byte[] STDOUT = Ascii.literal("stdout ");
  private static final byte[] STDERR = Ascii.literal("stderr ");

  private final WallTime wallTime;

  /** Microseconds since the epoch, or {@link LineView#ABSENT}. */
  long timeUs;

  public boolean isError;
  public boolean isPart;
  int tag;
  int message;

  public CriHeader(WallTime wallTime) {
    this.wallTime = wallTime;
  }

  /** Whether the line begins with one. */
  public boolean read(byte[] text, int start, int end) {
    if (!wallTime.iso(text, start, end) || !is(text, wallTime.end, end, ' ')) {
      return false;
    }
    int stream = Math.min(wallTime.end + 1, end);
    isError = Ascii.startsWith(text, stream, end, STDERR);
    tag = stream + STDOUT.length;
    boolean named = isError || Ascii.startsWith(text, stream, end, STDOUT);
    int tagEnd = named && tag < end ? Ascii.wordEnd(text, tag, end) : -1;
    isPart = tagEnd > tag && text[tag] == 'P';
    timeUs = wallTime.us;
    message = Math.min(end, tagEnd + 1);
    return isPart || (tagEnd > tag && text[tag] == 'F');
  }
}

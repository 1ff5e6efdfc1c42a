package io.oomstream.format;

import static io.oomstream.format.Ascii.is;

/**
 * What a container runtime writes for each line of a container: {@code time stdout F text}. What
 * the container printed proves nothing about who wrote it.
 */
final class CriForm implements TextForm {

  private static final byte[] STDOUT = Ascii.literal("stdout ");
  private static final byte[] STDERR = Ascii.literal("stderr ");

  private final WallTime wallTime;
  private final DmesgForm dmesg;

  CriForm(WallTime wallTime, DmesgForm dmesg) {
    this.wallTime = wallTime;
    this.dmesg = dmesg;
  }

  @Override
  public Reading read(byte[] text, int start, int end, LineView view, long recordMs) {
    if (!wallTime.iso(text, start, end) || !is(text, wallTime.end, end, ' ')) {
      return Reading.PLAIN;
    }
    int stream = wallTime.end + 1;
    boolean named =
        Ascii.startsWith(text, Math.min(stream, end), end, STDOUT)
            || Ascii.startsWith(text, Math.min(stream, end), end, STDERR);
    int tag = stream + STDOUT.length;
    int tagEnd = named && tag < end ? Ascii.wordEnd(text, tag, end) : -1;
    boolean tagged = tagEnd > tag && (text[tag] == 'F' || text[tag] == 'P');
    if (!tagged) {
      return Reading.PLAIN;
    }
    long time = wallTime.us;
    int message = Math.min(end, tagEnd + 1);
    if (dmesg.read(text, message, end, view, recordMs) != Reading.LINE) {
      view.clear();
      view.setText(text, message, end);
    }
    view.wallTimeUs = view.wallTimeUs == LineView.ABSENT ? time : view.wallTimeUs;
    view.facility = view.facility == 0 ? -1 : view.facility;
    return Reading.LINE;
  }
}

package io.oomstream.format.text;

import static io.oomstream.bytes.Ascii.is;

import io.oomstream.bytes.Ascii;

/** What a selection leaves of a syslog's head: the tag, or a time of day and the tag. */
final class LeftOverHead {

  private static final byte[] TAG = Ascii.literal("kernel: ");

  /** Without the colon and the blank. */
  static final int TAG_LENGTH = TAG.length - 2;

  /** {@code 10:00:00}. */
  private static final int CLOCK = 8;

  private LeftOverHead() {}

  /** Where the tag is; -1 if the line does not begin so. */
  static int tagAt(byte[] text, int start, int end) {
    if (Ascii.startsWith(text, start, end, TAG)) {
      return start;
    }
    boolean clock =
        is(text, start + 2, end, ':')
            && is(text, start + 5, end, ':')
            && Ascii.digits(text, start, end, 2) >= 0
            && Ascii.digits(text, start + 3, end, 2) >= 0
            && Ascii.digits(text, start + 6, end, 2) >= 0;
    if (!clock) {
      return -1;
    }
    int after = start + CLOCK;
    if (is(text, after, end, '.') || is(text, after, end, ',')) {
      after = Ascii.skipDigits(text, after + 1, end);
    }
    int tag = Ascii.skipBlanks(text, after, end);
    if (tag == after) {
      return -1;
    }
    int second = Ascii.wordEnd(text, tag, end) + 1;
    return Ascii.startsWith(text, tag, end, TAG)
        ? tag
        : Ascii.startsWith(text, second, end, TAG) ? second : -1;
  }
}

package io.oomstream.kernel;

import io.oomstream.bytes.Ascii;
import java.nio.charset.StandardCharsets;

/**
 * The marks of lines that were left out: {@code [...]}, {@code <snip>}, {@code (cut)}, and the
 * {@code --} that grep puts between places that do not touch.
 */
final class ElisionMarks {

  private static final byte[][] WORDS = {
    literal("snip"),
    literal("snipped"),
    literal("cut"),
    literal("skipped"),
    literal("truncated"),
    literal("omitted"),
    literal("removed"),
    literal("etc")
  };

  /** U+2026 in UTF-8. */
  private static final byte[] ELLIPSIS = {(byte) 0xe2, (byte) 0x80, (byte) 0xa6};

  private static final int LONGEST = 40;

  private ElisionMarks() {}

  /** Whether the line is nothing but such a mark. Three points alone end a raw stack, too. */
  static boolean isOne(byte[] text, int start, int end) {
    int last = end;
    while (last > start && (text[last - 1] == ' ' || text[last - 1] == '\r')) {
      last--;
    }
    if (last - start < 2 || last - start > LONGEST) {
      return false;
    }
    int from = start;
    int to = last;
    while (from < to && isFrame(text[from])) {
      from++;
    }
    while (to > from && isFrame(text[to - 1])) {
      to--;
    }
    if (from == to) {
      return last - start == 2 && text[start] == '-' && text[start + 1] == '-';
    }
    boolean ellipsis = to - from == ELLIPSIS.length && Ascii.startsWith(text, from, to, ELLIPSIS);
    boolean framed = from > start && text[start] != ' ';
    return ellipsis
        ? framed || from == start
        : framed && (isPoints(text, from, to) || isWord(text, from, to));
  }

  private static boolean isFrame(byte b) {
    return b > 0 && "[]<>(){}- ".indexOf(b) >= 0;
  }

  private static boolean isPoints(byte[] text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text[i] != '.') {
        return false;
      }
    }
    return end - start > 1;
  }

  private static boolean isWord(byte[] text, int start, int end) {
    for (byte[] word : WORDS) {
      if (isWordOf(word, text, start, end)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWordOf(byte[] word, byte[] text, int start, int end) {
    if (end - start != word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if ((text[start + i] | 0x20) != word[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] literal(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}

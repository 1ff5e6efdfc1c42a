package io.oomstream.kernel;

import io.oomstream.bytes.Ascii;
import java.nio.charset.StandardCharsets;

/**
 * Distinguishes a failed or stalled request from a sentence about one: a name that a process can
 * have stands before it, and its order behind ({@code mm/page_alloc.c: warn_alloc}).
 */
final class FailureShapes {

  static final byte[] FAILURE = literal(": page allocation failure");
  static final byte[] STALL = literal(": page allocation stall");

  private static final byte[] ORDER = literal(" order:");

  /** {@code TASK_COMM_LEN} less the zero at its end. */
  private static final int LONGEST_NAME = 15;

  /** {@code \x0a}, {@code #012}: what may stand for a byte of the name. */
  private static final int ESCAPE = 4;

  private FailureShapes() {}

  /** {@code a: page allocation failure: order:0}, with a point before 2.6.39. */
  static boolean failure(byte[] text, int start, int end) {
    int at = Ascii.indexOf(text, start, end, FAILURE);
    int after = at + FAILURE.length;
    return isNamed(text, start, at)
        && after < end
        && (text[after] == ':' || text[after] == '.')
        && isOrder(text, after + 1, end);
  }

  /** {@code a: page allocation stalls for 10004ms, order:0}. */
  static boolean stall(byte[] text, int start, int end) {
    int at = Ascii.indexOf(text, start, end, STALL);
    int order = at < 0 ? -1 : Ascii.indexOf(text, at, end, ORDER);
    return isNamed(text, start, at) && order > 0 && isOrder(text, order, end);
  }

  private static boolean isOrder(byte[] text, int at, int end) {
    int figure = at + ORDER.length;
    return Ascii.startsWith(text, at, end, ORDER) && figure < end && Ascii.isDigit(text[figure]);
  }

  private static boolean isNamed(byte[] text, int start, int end) {
    int bytes = 0;
    for (int i = start; i < end; bytes++) {
      boolean escaped = (text[i] == '\\' || text[i] == '#') && i + ESCAPE <= end;
      i += escaped ? ESCAPE : 1;
    }
    return end >= start && bytes <= LONGEST_NAME;
  }

  private static byte[] literal(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}

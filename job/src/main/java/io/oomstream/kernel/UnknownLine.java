package io.oomstream.kernel;

import io.oomstream.bytes.Ascii;
import io.oomstream.bytes.Words;
import java.nio.charset.StandardCharsets;

/**
 * Recognizes lines that can belong to a block although they have no rule. Blocks are written by
 * {@code mm/}, which prints no name of a subsystem before its sentences, and have figures; a
 * driver's line begins with the driver's name and a colon.
 */
final class UnknownLine {

  /** Longest name of a subsystem or a device. */
  private static final int LONGEST_PREFIX = 64;

  private static final byte[] NODE = literal("Node ");
  private static final byte[] PAGES = literal(" page");

  /** Parts of words about memory, in lower case. */
  private static final byte[][] MEMORY_WORDS = {
    literal("mem"), literal("oom"), literal("swap"), literal("page"), literal("slab"),
    literal("slub"), literal("zone"), literal("lru"), literal("cma"), literal("alloc"),
    literal("task"), literal("kill")
  };

  /** Length of the shortest of {@link #MEMORY_WORDS}. */
  private static final int LEAST_WORD = 3;

  /** One bit for each three bytes that begin one of {@link #MEMORY_WORDS}. */
  private static final long[] WORD_BEGINNINGS = new long[1 << 15 - 6];

  static {
    for (byte[] word : MEMORY_WORDS) {
      int three = three(word[0], word[1], word[2]);
      WORD_BEGINNINGS[three >> 6] |= 1L << three;
    }
  }

  private static final long COLONS = Words.repeat(':');
  private static final long BYTES = Words.repeat('B');
  private static final long PAGES_G = Words.repeat('g');

  private static final byte[][] OTHERS = {
    literal("WARNING: "),
    literal("BUG: "),
    literal("INFO: "),
    literal("task:"),
    literal("NVRM: "),
    literal("WSL (")
  };

  /** Length of {@code 0000:03:00.0} from its first colon on. */
  private static final int PCI_ADDRESS = 8;

  private UnknownLine() {}

  static boolean matches(byte[] text, int start, int end) {
    return start < end
        && !isOthers(text, start, end)
        && (isSentence(text, start, end) || hasFigures(text, start, end))
        && isPrintable(text, start, end);
  }

  /**
   * Whether the line begins like that of another subsystem: a message of another kind ({@code
   * WARNING: }, {@code BUG: }, {@code INFO: task a:12 blocked}), a row of a hung task, nvidia's
   * driver, WSL's init, or a device with its PCI address.
   */
  private static boolean isOthers(byte[] text, int start, int end) {
    for (byte[] beginning : OTHERS) {
      if (text[start] == beginning[0] && Ascii.startsWith(text, start, end, beginning)) {
        return true;
      }
    }
    int limit = Math.min(end, start + LONGEST_PREFIX) - PCI_ADDRESS;
    int colon = Ascii.indexOf(text, start, limit + 1, ':');
    return colon - 4 >= start && isPciAddress(text, colon - 4);
  }

  /** {@code 0000:03:00.0}. */
  private static boolean isPciAddress(byte[] text, int at) {
    return text[at + 7] == ':' && text[at + 10] == '.' && Ascii.isDigit(text[at + 11]);
  }

  private static boolean isPrintable(byte[] text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text[i] >= 0 && text[i] < ' ' && text[i] != '\t' && text[i] != '\n') {
        return false;
      }
    }
    return true;
  }

  /**
   * {@code name:12}, {@code 12kB}, {@code 12 kB}, {@code 12 pages}, {@code Node 0 …}. Looked for by
   * the colon, the B and the g, which are rarer than digits.
   */
  private static boolean hasFigures(byte[] text, int start, int end) {
    if (Ascii.startsWith(text, start, end, NODE)) {
      return true;
    }
    int i = start;
    for (int last = end - Long.BYTES; i <= last; i += Long.BYTES) {
      long word = Words.eight(text, i);
      long marks =
          Words.zeros(word ^ COLONS) | Words.zeros(word ^ BYTES) | Words.zeros(word ^ PAGES_G);
      for (; marks != 0; marks &= marks - 1) {
        if (isFigureAt(text, start, i + Words.first(marks), end)) {
          return true;
        }
      }
    }
    for (; i < end; i++) {
      if (isFigureAt(text, start, i, end)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the colon, the B or the g there is a figure's. */
  private static boolean isFigureAt(byte[] text, int start, int at, int end) {
    return switch (text[at]) {
      case ':' ->
          at > start && at + 1 < end && Ascii.isDigit(text[at + 1]) && isNameEnd(text[at - 1]);
      case 'B' ->
          at - 1 > start
              && (text[at - 1] | 0x20) == 'k'
              && endsNumber(text, start, text[at - 2] == ' ' ? at - 2 : at - 1);
      case 'g' ->
          at - 3 > start
              && Ascii.startsWith(text, at - 3, end, PAGES)
              && endsNumber(text, start, at - 3);
      default -> false;
    };
  }

  private static boolean endsNumber(byte[] text, int start, int end) {
    return end > start && Ascii.isDigit(text[end - 1]);
  }

  private static boolean isNameEnd(byte b) {
    return isLetter(b) || b == '_' || b == ')';
  }

  private static boolean isSentence(byte[] text, int start, int end) {
    byte first = text[start];
    if (first == ' ' || first == '\t') {
      return true;
    }
    if (first == '[') {
      int number = Ascii.skipBlanks(text, start + 1, end);
      return number < end && Ascii.isDigit(text[number]); // a row of a table
    }
    if (!isLetter(first) && !Ascii.isDigit(first)) {
      return false;
    }
    int limit = Math.min(end, start + LONGEST_PREFIX);
    int colon = Ascii.indexOf(text, start, limit, ':');
    while (colon >= 0 && colon + 1 < end && text[colon + 1] != ' ') {
      colon = Ascii.indexOf(text, colon + 1, limit, ':');
    }
    int prefixEnd = colon < 0 ? limit : colon;
    int equals = Ascii.indexOf(text, start, prefixEnd, '=');
    if (equals >= 0 && Ascii.indexOf(text, start, equals, ' ') < 0) {
      return false; // fields of a firewall's or an audit's log
    }
    return colon < 0 || namesMemory(text, start, colon);
  }

  private static boolean namesMemory(byte[] text, int start, int end) {
    for (int i = start; i + LEAST_WORD <= end; i++) {
      int three = three(text[i], text[i + 1], text[i + 2]);
      if ((WORD_BEGINNINGS[three >> 6] & 1L << three) != 0 && beginsMemoryWord(text, i, end)) {
        return true;
      }
    }
    return false;
  }

  private static boolean beginsMemoryWord(byte[] text, int at, int end) {
    for (byte[] word : MEMORY_WORDS) {
      if (holds(text, at, end, word)) {
        return true;
      }
    }
    return false;
  }

  /** A hash of three letters without their case, fifteen bits. */
  private static int three(int a, int b, int c) {
    return (a & 0x1f) << 10 | (b & 0x1f) << 5 | (c & 0x1f);
  }

  private static boolean holds(byte[] text, int at, int end, byte[] word) {
    if (end - at < word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if ((text[at + i] | 0x20) != word[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(byte b) {
    int small = b | 0x20;
    return small >= 'a' && small <= 'z';
  }

  private static byte[] literal(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}

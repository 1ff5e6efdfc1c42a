package io.oomstream.kernel;

import java.nio.charset.StandardCharsets;

/**
 * Tells a line that a report may hold, although no rule knows it, from the rest of the kernel's
 * log. Reports are written by {@code mm/}, which names no subsystem before its sentences, and hold
 * figures; a driver's line begins with the driver's name and a colon.
 */
final class UnknownLine {

  /** A subsystem's name and a device's are shorter. */
  private static final int LONGEST_PREFIX = 64;

  private static final byte[] NODE = literal("Node ");
  private static final byte[] PAGES = literal(" page");

  /** Parts of the names of what reports are about, in small letters. */
  private static final byte[][] MEMORY_WORDS = {
    literal("mem"), literal("oom"), literal("swap"), literal("page"), literal("slab"),
    literal("slub"), literal("zone"), literal("lru"), literal("cma"), literal("alloc"),
    literal("task"), literal("kill")
  };

  private static final byte[][] OTHERS = {
    literal("WARNING: "),
    literal("BUG: "),
    literal("INFO: "),
    literal("task:"),
    literal("NVRM: "),
    literal("WSL (")
  };

  /** What is left of {@code 0000:03:00.0} from its first colon on. */
  private static final int PCI_ADDRESS = 8;

  private UnknownLine() {}

  static boolean matches(byte[] text, int start, int end) {
    return start < end
        && !isOthers(text, start, end)
        && (isSentence(text, start, end) || hasFigures(text, start, end))
        && isPrintable(text, start, end);
  }

  /**
   * What begins a report of another kind ({@code WARNING: }, {@code BUG: }, {@code INFO: task a:12
   * blocked}), a task's row of a hung one, nvidia's driver, WSL's init, or a device with its PCI
   * address.
   */
  private static boolean isOthers(byte[] text, int start, int end) {
    for (byte[] beginning : OTHERS) {
      if (Bytes.startsWith(text, start, end, beginning)) {
        return true;
      }
    }
    int limit = Math.min(end, start + LONGEST_PREFIX) - PCI_ADDRESS;
    for (int i = start; i <= limit; i++) {
      if (text[i] == ':') {
        return i - 4 >= start && isPciAddress(text, i - 4);
      }
    }
    return false;
  }

  /** {@code 0000:03:00.0}. */
  private static boolean isPciAddress(byte[] text, int at) {
    return text[at + 7] == ':' && text[at + 10] == '.' && Bytes.isDigit(text[at + 11]);
  }

  private static boolean isPrintable(byte[] text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text[i] >= 0 && text[i] < ' ' && text[i] != '\t' && text[i] != '\n') {
        return false;
      }
    }
    return true;
  }

  /** {@code name:12}, {@code 12kB}, {@code 12 kB}, {@code 12 pages}, {@code Node 0 …}. */
  private static boolean hasFigures(byte[] text, int start, int end) {
    if (Bytes.startsWith(text, start, end, NODE)) {
      return true;
    }
    for (int i = start; i < end; i++) {
      if (!Bytes.isDigit(text[i])) {
        continue;
      }
      boolean named = i - 2 >= start && text[i - 1] == ':' && isNameEnd(text[i - 2]);
      int after = Bytes.skipDigits(text, i, end);
      if (named || isUnit(text, after, end)) {
        return true;
      }
      i = after;
    }
    return false;
  }

  private static boolean isNameEnd(byte b) {
    return isLetter(b) || b == '_' || b == ')';
  }

  private static boolean isUnit(byte[] text, int at, int end) {
    int i = at < end && text[at] == ' ' ? at + 1 : at;
    boolean kilobytes = i + 1 < end && (text[i] == 'k' || text[i] == 'K') && text[i + 1] == 'B';
    return kilobytes || Bytes.startsWith(text, at, end, PAGES);
  }

  private static boolean isSentence(byte[] text, int start, int end) {
    byte first = text[start];
    if (first == ' ' || first == '\t') {
      return true;
    }
    if (first == '[') {
      int number = Bytes.skipSpaces(text, start + 1, end);
      return number < end && Bytes.isDigit(text[number]); // a row of a table
    }
    if (!isLetter(first) && !Bytes.isDigit(first)) {
      return false;
    }
    int limit = Math.min(end, start + LONGEST_PREFIX);
    boolean inFirstWord = true;
    for (int i = start; i < limit; i++) {
      if (text[i] == ':' && (i + 1 == end || text[i + 1] == ' ')) {
        return namesMemory(text, start, i);
      }
      if (text[i] == '=' && inFirstWord) {
        return false; // fields of a firewall's or an audit's log
      }
      inFirstWord &= text[i] != ' ';
    }
    return true;
  }

  private static boolean namesMemory(byte[] text, int start, int end) {
    for (int i = start; i < end; i++) {
      for (byte[] word : MEMORY_WORDS) {
        if (holds(text, i, end, word)) {
          return true;
        }
      }
    }
    return false;
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

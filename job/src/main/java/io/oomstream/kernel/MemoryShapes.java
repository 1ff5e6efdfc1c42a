package io.oomstream.kernel;

import io.oomstream.bytes.Ascii;
import java.nio.charset.StandardCharsets;

/** Lines of a memory dump that can't be recognized by a literal. */
final class MemoryShapes {

  private static final byte[] NODE = literal("Node ");
  private static final byte[] KB = literal("kB");
  private static final byte[] UPPER_KB = literal("KB");
  private static final byte[] FUNC = literal(" func:");
  private static final byte[] EMPTY = literal(": empty");
  private static final byte[] SUM = literal("= ");
  private static final byte[][] ZONES = {
    literal("DMA"),
    literal("DMA32"),
    literal("Normal"),
    literal("HighMem"),
    literal("Movable"),
    literal("Device")
  };

  private MemoryShapes() {}

  /** {@code Node 0 active_anon:12kB …}: a counter behind the node, where a zone's name would be. */
  static boolean node(byte[] text, int start, int end) {
    int i = nodeEnd(text, start, end);
    if (i < 0 || i >= end || text[i] != ' ') {
      return false;
    }
    int name = i + 1;
    i = name;
    while (i < end && (isLower(text[i]) || text[i] == '_' || text[i] == '(' || text[i] == ')')) {
      i++;
    }
    return i > name
        && isLower(text[name])
        && i + 1 < end
        && text[i] == ':'
        && Ascii.isDigit(text[i + 1]);
  }

  /**
   * {@code 6.08 MiB 1234 mm/slub.c:1234 func:alloc_slab_page}; in bytes, without a unit, as the
   * release candidates of 6.10 and {@code /proc/allocinfo} have it.
   */
  static boolean allocationRow(byte[] text, int start, int end) {
    int number = Ascii.skipBlanks(text, start, end);
    int i = Ascii.skipDigits(text, number, end);
    if (i == number) {
      return false;
    }
    if (i + 1 < end && text[i] == '.' && Ascii.isDigit(text[i + 1])) {
      i = Ascii.skipDigits(text, i + 1, end);
    }
    if (i >= end || text[i] != ' ') {
      return false;
    }
    int plain = Ascii.skipBlanks(text, i, end);
    if (plain < end && Ascii.isDigit(text[plain])) {
      return callsOfRow(text, plain, end);
    }
    i++;
    if (i < end && text[i] != 'B') {
      if ("KMGTPEZY".indexOf(text[i] & 0xff) < 0) {
        return false;
      }
      i++;
      if (i < end && text[i] == 'i') {
        i++;
      }
    }
    if (i >= end || text[i] != 'B') {
      return false;
    }
    int calls = Ascii.skipBlanks(text, i + 1, end);
    return calls > i + 1 && callsOfRow(text, calls, end);
  }

  private static boolean callsOfRow(byte[] text, int calls, int end) {
    int after = Ascii.skipDigits(text, calls, end);
    return after > calls
        && after < end
        && text[after] == ' '
        && Ascii.indexOf(text, after, end, FUNC) >= 0;
  }

  /** A part of a line of zones or free lists, which another printk separated from its beginning. */
  static boolean piece(byte[] text, int start, int end) {
    int last = end > start && text[end - 1] == ' ' ? end - 1 : end;
    int node = nodeEnd(text, start, end);
    if (node >= last && node > 0) {
      return true;
    }
    int zone = node > 0 && text[node] == ' ' ? node + 1 : start;
    for (byte[] name : ZONES) {
      if (last - zone == name.length + 1
          && text[last - 1] == ':'
          && Ascii.startsWith(text, zone, end, name)) {
        return true;
      }
    }
    return blocks(text, start, end)
        || letters(text, start, last)
        || sum(text, start, last)
        || reserve(text, start, last);
  }

  /** {@code Node 0 HighMem: empty}. */
  static boolean emptyZone(byte[] text, int start, int end) {
    int node = nodeEnd(text, start, end);
    int zone = node > 0 && node < end && text[node] == ' ' ? node + 1 : start;
    for (byte[] name : ZONES) {
      int behind = zone + name.length;
      if (end - behind == EMPTY.length
          && Ascii.startsWith(text, zone, end, name)
          && Ascii.startsWith(text, behind, end, EMPTY)) {
        return true;
      }
    }
    return false;
  }

  /** {@code name:123 other:45kB}: nothing but counters; one is enough behind a blank. */
  static boolean counters(byte[] text, int start, int end) {
    boolean blank = start < end && text[start] == ' ';
    int i = blank ? start + 1 : start;
    int count = 0;
    while (i < end) {
      int from = count == 0 ? i : Ascii.skipBlanks(text, i, end);
      if (from == end) {
        break;
      }
      if (count > 0 && from == i) {
        return false;
      }
      i = counterEnd(text, from, end);
      if (i < 0) {
        return false;
      }
      count++;
    }
    return count >= (blank ? 1 : 2);
  }

  private static int counterEnd(byte[] text, int start, int end) {
    int i = start;
    while (i < end && isName(text[i], i > start)) {
      i++;
    }
    if (i == start || i >= end || text[i] != ':') {
      return -1;
    }
    int after = Ascii.skipDigits(text, i + 1, end);
    if (after == i + 1) {
      return -1;
    }
    boolean unit =
        Ascii.startsWith(text, after, end, KB) || Ascii.startsWith(text, after, end, UPPER_KB);
    return unit ? after + KB.length : after;
  }

  private static boolean isName(byte b, boolean inside) {
    return isLower(b)
        || (b >= 'A' && b <= 'Z')
        || b == '_'
        || (inside && (Ascii.isDigit(b) || b == '(' || b == ')' || b == '-'));
  }

  private static boolean blocks(byte[] text, int start, int end) {
    int star = Ascii.skipDigits(text, start, end);
    if (star == start || star >= end || text[star] != '*') {
      return false;
    }
    int size = Ascii.skipDigits(text, star + 1, end);
    return size > star + 1 && Ascii.startsWith(text, size, end, KB);
  }

  private static boolean letters(byte[] text, int start, int end) {
    if (end - start < 3 || text[start] != '(' || text[end - 1] != ')') {
      return false;
    }
    for (int i = start + 1; i < end - 1; i++) {
      if ("UMERHCI".indexOf(text[i] & 0xff) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean sum(byte[] text, int start, int end) {
    if (!Ascii.startsWith(text, start, end, SUM)) {
      return false;
    }
    int after = Ascii.skipDigits(text, start + SUM.length, end);
    return after > start + SUM.length && end - after == 2 && Ascii.startsWith(text, after, end, KB);
  }

  private static boolean reserve(byte[] text, int start, int end) {
    int i = start;
    int numbers = 0;
    while (i < end) {
      int after = text[i] == ' ' ? Ascii.skipDigits(text, i + 1, end) : i;
      if (after <= i + 1) {
        return false;
      }
      i = after;
      numbers++;
    }
    return numbers >= 2;
  }

  private static int nodeEnd(byte[] text, int start, int end) {
    if (!Ascii.startsWith(text, start, end, NODE)) {
      return -1;
    }
    int after = Ascii.skipDigits(text, start + NODE.length, end);
    return after > start + NODE.length ? after : -1;
  }

  private static boolean isLower(byte b) {
    return b >= 'a' && b <= 'z';
  }

  private static byte[] literal(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}

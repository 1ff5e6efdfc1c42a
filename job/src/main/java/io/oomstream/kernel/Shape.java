package io.oomstream.kernel;

import io.oomstream.bytes.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How a line is recognized: by literals in order, or by a scanner if literals are not enough. */
sealed interface Shape {

  /** Whether the text has this shape. Never throws. */
  boolean matches(byte[] text, int start, int end);

  /** The line begins with the first literal and has the others in order. */
  record StartsWith(List<byte[]> literals) implements Shape {
    @Override
    public boolean matches(byte[] text, int start, int end) {
      byte[] first = literals.get(0);
      return Ascii.startsWith(text, start, end, first)
          && Shape.containsInOrder(text, start + first.length, end, literals, 1);
    }
  }

  /** The line has the literals in order. */
  record Contains(List<byte[]> literals) implements Shape {
    @Override
    public boolean matches(byte[] text, int start, int end) {
      return Shape.containsInOrder(text, start, end, literals, 0);
    }
  }

  /**
   * A number, then one of the literals, at the beginning of the line: {@code 1528 total pagecache
   * pages}.
   */
  record NumberThen(List<byte[]> literals) implements Shape {
    @Override
    public boolean matches(byte[] text, int start, int end) {
      int after = Ascii.skipDigits(text, start, end);
      for (int i = 0; i < literals.size() && after > start; i++) {
        if (Ascii.startsWith(text, after, end, literals.get(i))) {
          return true;
        }
      }
      return false;
    }
  }

  /** The line begins with one of the literals: the rows of one register dump. */
  record OneOf(List<byte[]> literals) implements Shape {
    @Override
    public boolean matches(byte[] text, int start, int end) {
      for (int i = 0; i < literals.size(); i++) {
        if (Ascii.startsWith(text, start, end, literals.get(i))) {
          return true;
        }
      }
      return false;
    }
  }

  /** The line is recognized by a scanner. */
  record Scanned(LineScanner scanner) implements Shape {
    @Override
    public boolean matches(byte[] text, int start, int end) {
      return scanner.matches(text, start, end);
    }
  }

  private static boolean containsInOrder(
      byte[] text, int start, int end, List<byte[]> literals, int fromLiteral) {
    int from = start;
    for (int i = fromLiteral; i < literals.size(); i++) {
      int at = Ascii.indexOf(text, from, end, literals.get(i));
      if (at < 0) {
        return false;
      }
      from = at + literals.get(i).length;
    }
    return true;
  }

  static Shape startsWith(String... literals) {
    return new StartsWith(bytes(literals));
  }

  static Shape contains(String... literals) {
    return new Contains(bytes(literals));
  }

  static Shape oneOf(String... literals) {
    return new OneOf(bytes(literals));
  }

  static Shape numberThen(String... literals) {
    return new NumberThen(bytes(literals));
  }

  static Shape scanned(LineScanner scanner) {
    return new Scanned(scanner);
  }

  private static List<byte[]> bytes(String... literals) {
    return List.of(literals).stream().map(l -> l.getBytes(StandardCharsets.ISO_8859_1)).toList();
  }
}

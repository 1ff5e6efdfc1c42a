package io.oomstream.kernel;

import io.oomstream.bytes.Ascii;
import io.oomstream.bytes.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A quick check that rules out most lines without matching any rule. Built from the table {@link
 * LineRule}; it never rules out a line that a rule matches.
 *
 * <p>For a literal that can be anywhere, three bytes at every fourth position are compared: any six
 * bytes in a row have three that begin at such a position. A rule that begins with a literal is
 * found by the line's first two bytes. Rules without a long enough literal are matched themselves.
 */
final class CheapLook {

  /** The distance between two compared positions. */
  private static final int STRIDE = 4;

  /** Stands for the end of the line where a byte is looked up. */
  private static final int END = 256;

  /** How many bytes are compared at a position. */
  private static final int GRAM = 3;

  private static final int GRAM_MASK = 0xffffff;
  private static final int LEAST_LITERAL = STRIDE + GRAM - 1;
  private static final int HASH_BITS = 14;

  /** One bit for each hash of three bytes of a literal. */
  private static final long[] GRAMS = new long[1 << HASH_BITS - 6];

  /** By hash: the literals to compare. */
  private static final Piece[][] PIECES = new Piece[1 << HASH_BITS][];

  private static final Piece[] NO_PIECE = new Piece[0];

  private static final int PLACES = 1 << 10;

  /** By a hash of the first two bytes: the beginnings of lines. */
  private static final byte[][][] BEGINNINGS = new byte[PLACES][][];

  private static final byte[][] NO_BEGINNING = new byte[0][];

  /** By first byte: shapes whose beginning is known, but is not a literal. */
  private static final FirstWord[][] FIRST_WORDS = new FirstWord[256][];

  /** Shapes with neither a beginning nor a long enough literal. */
  private static final Shape[] OTHERS;

  private record Piece(byte[] literal, int at) {}

  /**
   * The bytes that can follow the letters, digits and underscores at the beginning of such a line.
   */
  private record FirstWord(Shape shape, boolean[] behind) {}

  static {
    List<List<FirstWord>> byFirst = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      byFirst.add(new ArrayList<>());
    }
    Arrays.fill(BEGINNINGS, NO_BEGINNING);
    Arrays.fill(PIECES, NO_PIECE);
    List<Shape> others = new ArrayList<>();
    for (LineRule rule : LineRule.values()) {
      if (rule != LineRule.UNKNOWN && !index(rule.shape(), byFirst)) {
        others.add(rule.shape());
      }
    }
    for (int i = 0; i < 256; i++) {
      FIRST_WORDS[i] = byFirst.get(i).toArray(new FirstWord[0]);
    }
    OTHERS = others.toArray(new Shape[0]);
  }

  private CheapLook() {}

  /** False only if no rule matches the line; the line must not be empty. */
  static boolean mayHaveRule(byte[] text, int start, int end) {
    return begins(text, start, end) || holds(text, start, end) || isOther(text, start, end);
  }

  private static boolean begins(byte[] text, int start, int end) {
    int first = text[start] & 0xff;
    if (end - start > 1) {
      for (byte[] literal : BEGINNINGS[place(text, start)]) {
        if (Ascii.startsWith(text, start, end, literal)) {
          return true;
        }
      }
    }
    FirstWord[] words = FIRST_WORDS[first];
    if (words.length == 0) {
      return false;
    }
    int wordEnd = start;
    while (wordEnd < end && isWord(text[wordEnd])) {
      wordEnd++;
    }
    int behind = wordEnd < end ? text[wordEnd] & 0xff : END;
    for (FirstWord word : words) {
      if (word.behind[behind] && word.shape.matches(text, start, end)) {
        return true;
      }
    }
    return false;
  }

  private static int place(byte[] text, int at) {
    return ((text[at] & 0xff) * 37 + (text[at + 1] & 0xff)) & PLACES - 1;
  }

  private static boolean isWord(byte b) {
    int small = b | 0x20;
    return (small >= 'a' && small <= 'z') || Ascii.isDigit(b) || b == '_';
  }

  private static boolean holds(byte[] text, int start, int end) {
    int last = end - STRIDE;
    for (int i = start; i <= last; i += STRIDE) {
      int hash = hash(Words.four(text, i));
      if ((GRAMS[hash >> 6] & 1L << hash) != 0 && isPiece(PIECES[hash], text, start, i, end)) {
        return true;
      }
    }
    // The end of the line, after the last position.
    int rest = start + ((end - start) & -STRIDE);
    if (end - rest == GRAM) {
      int hash =
          hash((text[rest] & 0xff) | (text[rest + 1] & 0xff) << 8 | (text[rest + 2] & 0xff) << 16);
      return (GRAMS[hash >> 6] & 1L << hash) != 0 && isPiece(PIECES[hash], text, start, rest, end);
    }
    return false;
  }

  private static boolean isPiece(Piece[] pieces, byte[] text, int start, int at, int end) {
    for (Piece piece : pieces) {
      int from = at - piece.at;
      if (from >= start && Ascii.startsWith(text, from, end, piece.literal)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOther(byte[] text, int start, int end) {
    for (Shape shape : OTHERS) {
      if (shape.matches(text, start, end)) {
        return true;
      }
    }
    return false;
  }

  private static int hash(int bytes) {
    return (bytes & GRAM_MASK) * 0x9E3779B1 >>> 32 - HASH_BITS;
  }

  /** False if the shape has to be matched itself. */
  private static boolean index(Shape shape, List<List<FirstWord>> byFirst) {
    if (shape instanceof Shape.StartsWith starts) {
      addBeginning(starts.literals().get(0));
      return true;
    }
    if (shape instanceof Shape.OneOf oneOf) {
      oneOf.literals().forEach(CheapLook::addBeginning);
      return true;
    }
    if (shape instanceof Shape.Contains contains) {
      return addLiteral(contains.literals());
    }
    if (shape instanceof Shape.NumberThen) {
      addFirstWord(shape, "0123456789", "", byFirst);
      return true;
    }
    LineScanner scanner = ((Shape.Scanned) shape).scanner();
    if (scanner.firstBytes().isEmpty()) {
      return addLiteral(List.of(scanner.anchor()));
    }
    addFirstWord(shape, scanner.firstBytes(), scanner.behindWord(), byFirst);
    return true;
  }

  private static void addFirstWord(
      Shape shape, String first, String behind, List<List<FirstWord>> byFirst) {
    boolean[] allowed = new boolean[END + 1];
    Arrays.fill(allowed, behind.isEmpty());
    behind.chars().forEach(b -> allowed[b] = true);
    first.chars().forEach(b -> byFirst.get(b).add(new FirstWord(shape, allowed)));
  }

  private static void addBeginning(byte[] literal) {
    if (literal.length < 2) {
      throw new IllegalStateException("a beginning needs two bytes to be found by");
    }
    int place = place(literal, 0);
    byte[][] more = Arrays.copyOf(BEGINNINGS[place], BEGINNINGS[place].length + 1);
    more[more.length - 1] = literal;
    BEGINNINGS[place] = more;
  }

  /** Such a line has all of the literals: the one with the rarest six bytes is indexed. */
  private static boolean addLiteral(List<byte[]> literals) {
    byte[] best = null;
    int bestAt = 0;
    int rarest = Integer.MAX_VALUE;
    for (byte[] literal : literals) {
      for (int at = 0; at + LEAST_LITERAL <= literal.length; at++) {
        int common = commonness(literal, at);
        if (common < rarest) {
          rarest = common;
          best = literal;
          bestAt = at;
        }
      }
    }
    if (best == null) {
      return false;
    }
    for (int at = bestAt; at < bestAt + STRIDE; at++) {
      int hash = hash((best[at] & 0xff) | (best[at + 1] & 0xff) << 8 | (best[at + 2] & 0xff) << 16);
      GRAMS[hash >> 6] |= 1L << hash;
      Piece[] more = Arrays.copyOf(PIECES[hash], PIECES[hash].length + 1);
      more[more.length - 1] = new Piece(best, at);
      PIECES[hash] = more;
    }
    return true;
  }

  /** Of the three bytes that are the most usual among those looked for. */
  private static int commonness(byte[] literal, int from) {
    int most = 0;
    for (int at = from; at < from + STRIDE; at++) {
      int common =
          Classifier.rarity(literal[at])
              * Classifier.rarity(literal[at + 1])
              * Classifier.rarity(literal[at + 2]);
      most = Math.max(most, common);
    }
    return most;
  }
}

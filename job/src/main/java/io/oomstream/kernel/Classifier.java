package io.oomstream.kernel;

import io.oomstream.bytes.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rule of the grammar for a line. Built from the table {@link LineRule}. Most lines of a
 * fleet match no rule, and most of these are ruled out by {@link CheapLook}; nothing is allocated.
 *
 * <p>Rules that begin with a literal, or whose scanner knows how a line begins, are looked up by
 * the line's first byte. The others have a literal somewhere; the pair of its bytes that is rarest
 * in kernel text triggers the full match.
 */
public final class Classifier {

  private static final Beginning[] NONE = new Beginning[0];
  private static final Beginning[][] BY_FIRST_BYTE = new Beginning[256][];

  /** One bit for each pair of bytes: whether it is a trigger. */
  private static final long[] TRIGGERS = new long[1 << 10];

  private static final int PLACES = 1 << 12;

  private static final Anchor[][] BY_TRIGGER = new Anchor[PLACES][];
  private static final Anchor[] NO_ANCHOR = new Anchor[0];

  /** Bytes by how rare they are, the rarest first. */
  private static final String RARITY =
      "+*zZqQjJXKVYWxkVvObwgyMfphuUPSTCRNDIEA.,;)(]['=_-/:0123456789dcmlsrniotae ";

  /** A rule by the line's first byte, and by the second where the rule fixes it; else -1. */
  private record Beginning(LineRule rule, int second) {}

  /** A literal that can be anywhere, and the position of its two trigger bytes in it. */
  private record Anchor(LineRule rule, byte[] literal, int triggerAt) {}

  static {
    List<List<Beginning>> byFirst = new ArrayList<>();
    List<List<Anchor>> byTrigger = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      byFirst.add(new ArrayList<>());
    }
    for (int i = 0; i < PLACES; i++) {
      byTrigger.add(new ArrayList<>());
    }
    for (LineRule rule : LineRule.values()) {
      if (rule != LineRule.UNKNOWN) {
        index(rule, byFirst, byTrigger);
      }
    }
    for (int i = 0; i < 256; i++) {
      BY_FIRST_BYTE[i] = byFirst.get(i).isEmpty() ? NONE : byFirst.get(i).toArray(NONE);
    }
    for (int i = 0; i < PLACES; i++) {
      BY_TRIGGER[i] = byTrigger.get(i).isEmpty() ? NO_ANCHOR : byTrigger.get(i).toArray(NO_ANCHOR);
    }
  }

  private Classifier() {}

  /**
   * The first rule, in the table's order, that matches the line; null for a line that can't belong
   * to a block.
   */
  public static @Nullable LineRule classify(byte[] text, int start, int end) {
    return start < end && CheapLook.mayHaveRule(text, start, end)
        ? firstRule(text, start, end)
        : null;
  }

  /** The same without {@link CheapLook}. */
  static @Nullable LineRule firstRule(byte[] text, int start, int end) {
    LineRule best = null;
    int second = end - start > 1 ? text[start + 1] & 0xff : -1;
    for (Beginning beginning : BY_FIRST_BYTE[text[start] & 0xff]) {
      if ((beginning.second < 0 || beginning.second == second)
          && beginning.rule.shape().matches(text, start, end)) {
        best = beginning.rule;
        break;
      }
    }
    int pair = text[start] & 0xff;
    for (int i = start + 1; i < end; i++) {
      pair = (pair << 8 | (text[i] & 0xff)) & 0xffff;
      if ((TRIGGERS[pair >> 6] & 1L << pair) != 0) {
        best = better(best, text, start, i - 1, end, pair);
      }
    }
    return best;
  }

  /**
   * Whether a line without a rule can still belong to a block: a line of figures, or a sentence
   * without the name of a subsystem before it. A guess, which only decides what is kept until it is
   * known whether the line is inside a block.
   */
  public static boolean mayBeOfBlock(byte[] text, int start, int end) {
    return LineRule.UNKNOWN.shape().matches(text, start, end);
  }

  /** The first rule of those whose trigger this pair is, if it comes before the best so far. */
  private static @Nullable LineRule better(
      @Nullable LineRule best, byte[] text, int start, int at, int end, int pair) {
    LineRule found = best;
    for (Anchor anchor : BY_TRIGGER[pair & PLACES - 1]) {
      if ((found == null || anchor.rule.ordinal() < found.ordinal())
          && at - anchor.triggerAt >= start
          && Ascii.startsWith(text, at - anchor.triggerAt, end, anchor.literal)
          && anchor.rule.shape().matches(text, start, end)) {
        found = anchor.rule;
      }
    }
    return found;
  }

  /** The same for a text in Latin-1. */
  public static @Nullable LineRule classify(String latin1) {
    byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
    return classify(bytes, 0, bytes.length);
  }

  private static void index(
      LineRule rule, List<List<Beginning>> byFirst, List<List<Anchor>> byTrigger) {
    Shape shape = rule.shape();
    if (shape instanceof Shape.StartsWith starts) {
      addBeginning(rule, starts.literals().get(0), byFirst);
    } else if (shape instanceof Shape.OneOf oneOf) {
      oneOf.literals().forEach(literal -> addBeginning(rule, literal, byFirst));
    } else if (shape instanceof Shape.NumberThen) {
      addForEach("0123456789", rule, byFirst);
    } else if (shape instanceof Shape.Scanned scanned) {
      String first = scanned.scanner().firstBytes();
      if (first.isEmpty()) {
        addAnchor(rule, scanned.scanner().anchor(), byTrigger);
      } else {
        addForEach(first, rule, byFirst);
      }
    } else if (shape instanceof Shape.Contains contains) {
      addAnchor(rule, contains.literals().get(0), byTrigger);
    }
  }

  private static void addBeginning(LineRule rule, byte[] literal, List<List<Beginning>> byFirst) {
    Beginning beginning = new Beginning(rule, literal.length > 1 ? literal[1] & 0xff : -1);
    List<Beginning> sameFirst = byFirst.get(literal[0] & 0xff);
    if (!sameFirst.contains(beginning)) {
      sameFirst.add(beginning);
    }
  }

  private static void addForEach(String first, LineRule rule, List<List<Beginning>> byFirst) {
    for (int i = 0; i < first.length(); i++) {
      byFirst.get(first.charAt(i) & 0xff).add(new Beginning(rule, -1));
    }
  }

  private static void addAnchor(LineRule rule, byte[] literal, List<List<Anchor>> byTrigger) {
    if (literal.length < 2) {
      throw new IllegalStateException(rule + ": an anchor needs two bytes to be found by");
    }
    int at = 0;
    for (int i = 1; i < literal.length - 1; i++) {
      if (commonness(literal, i) < commonness(literal, at)) {
        at = i;
      }
    }
    int pair = (literal[at] & 0xff) << 8 | (literal[at + 1] & 0xff);
    TRIGGERS[pair >> 6] |= 1L << pair;
    byTrigger.get(pair & PLACES - 1).add(new Anchor(rule, literal, at));
  }

  /** Low for a pair that is rare in kernel text. */
  private static int commonness(byte[] literal, int at) {
    return rarity(literal[at]) * rarity(literal[at + 1]);
  }

  /** Low for a byte that is rare in kernel text. */
  static int rarity(byte b) {
    int at = RARITY.indexOf((char) (b & 0xff));
    return at < 0 ? RARITY.length() : at;
  }
}

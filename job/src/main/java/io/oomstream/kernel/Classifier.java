package io.oomstream.kernel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells which rule of the grammar a line follows, built from the table {@link LineRule}. Most of a
 * fleet's log ends here: one pass over the line, and nothing is allocated.
 *
 * <p>Rules that begin with a literal, or whose scanner knows how a line begins, are looked up by
 * the line's first byte. The others hold a literal somewhere; of each, the byte that is rarest in
 * kernel text is the trigger for a closer look.
 */
public final class Classifier {

  private static final LineRule[] NONE = new LineRule[0];
  private static final LineRule[][] BY_FIRST_BYTE = new LineRule[256][];
  private static final Anchor[][] BY_TRIGGER = new Anchor[256][];
  private static final Anchor[] NO_ANCHOR = new Anchor[0];

  /** Rare bytes first: the earlier, the better a trigger. */
  private static final String RARITY =
      "+*zZqQjJXKVYWxkVvObwgyMfphuUPSTCRNDIEA.,;)(]['=_-/:0123456789dcmlsrniotae ";

  /** A literal that may stand anywhere, and the place of its trigger byte in it. */
  private record Anchor(LineRule rule, byte[] literal, int triggerAt) {}

  static {
    List<List<LineRule>> byFirst = new ArrayList<>();
    List<List<Anchor>> byTrigger = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      byFirst.add(new ArrayList<>());
      byTrigger.add(new ArrayList<>());
    }
    for (LineRule rule : LineRule.values()) {
      index(rule, byFirst, byTrigger);
    }
    for (int i = 0; i < 256; i++) {
      BY_FIRST_BYTE[i] = byFirst.get(i).isEmpty() ? NONE : byFirst.get(i).toArray(NONE);
      BY_TRIGGER[i] = byTrigger.get(i).isEmpty() ? NO_ANCHOR : byTrigger.get(i).toArray(NO_ANCHOR);
    }
  }

  private Classifier() {}

  /**
   * The first rule, in the table's order, that the line fits; null for a line that can belong to no
   * report.
   */
  public static @Nullable LineRule classify(byte[] text, int start, int end) {
    if (start >= end) {
      return null;
    }
    LineRule best = null;
    for (LineRule rule : BY_FIRST_BYTE[text[start] & 0xff]) {
      if (rule.shape().matches(text, start, end)) {
        best = rule;
        break;
      }
    }
    for (int i = start; i < end; i++) {
      for (Anchor anchor : BY_TRIGGER[text[i] & 0xff]) {
        if ((best == null || anchor.rule.ordinal() < best.ordinal())
            && i - anchor.triggerAt >= start
            && Bytes.startsWith(text, i - anchor.triggerAt, end, anchor.literal)
            && anchor.rule.shape().matches(text, start, end)) {
          best = anchor.rule;
        }
      }
    }
    return best;
  }

  /** The same for a text in Latin-1. */
  public static @Nullable LineRule classify(String latin1) {
    byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
    return classify(bytes, 0, bytes.length);
  }

  private static void index(
      LineRule rule, List<List<LineRule>> byFirst, List<List<Anchor>> byTrigger) {
    Shape shape = rule.shape();
    if (shape instanceof Shape.StartsWith starts) {
      byFirst.get(starts.literals().get(0)[0] & 0xff).add(rule);
    } else if (shape instanceof Shape.OneOf oneOf) {
      oneOf.literals().stream()
          .map(literal -> literal[0] & 0xff)
          .distinct()
          .forEach(first -> byFirst.get(first).add(rule));
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

  private static void addForEach(String first, LineRule rule, List<List<LineRule>> byFirst) {
    for (int i = 0; i < first.length(); i++) {
      byFirst.get(first.charAt(i) & 0xff).add(rule);
    }
  }

  private static void addAnchor(LineRule rule, byte[] literal, List<List<Anchor>> byTrigger) {
    int at = 0;
    for (int i = 1; i < literal.length; i++) {
      if (rarity(literal[i]) < rarity(literal[at])) {
        at = i;
      }
    }
    byTrigger.get(literal[at] & 0xff).add(new Anchor(rule, literal, at));
  }

  private static int rarity(byte b) {
    int at = RARITY.indexOf((char) (b & 0xff));
    return at < 0 ? RARITY.length() : at;
  }
}

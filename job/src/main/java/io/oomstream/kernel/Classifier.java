package io.oomstream.kernel;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Tells which rule of the grammar a line follows. Allocates nothing for a line of bytes. */
public final class Classifier {

  private static final LineRule[] RULES = LineRule.values();

  private Classifier() {}

  /** The first rule that the line fits; null for a line that can belong to no report. */
  public static @Nullable LineRule classify(byte[] text, int start, int end) {
    for (LineRule rule : RULES) {
      if (rule.shape().matches(text, start, end)) {
        return rule;
      }
    }
    return null;
  }

  /** The same for a text in Latin-1. */
  public static @Nullable LineRule classify(String latin1) {
    byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
    return classify(bytes, 0, bytes.length);
  }
}

package io.oomstream.cli.report;

import org.jspecify.annotations.Nullable;

/** A line put together from facts of which any may be absent. */
public final class Phrase {

  private final StringBuilder text = new StringBuilder();

  /** Adds the words and the fact, behind a comma if something stands before; nothing for null. */
  public Phrase add(String before, @Nullable Object fact, String after) {
    if (fact != null) {
      text.append(text.isEmpty() ? "" : ", ").append(before).append(fact).append(after);
    }
    return this;
  }

  public Phrase add(String before, @Nullable Object fact) {
    return add(before, fact, "");
  }

  /** Null if no fact was there. */
  public @Nullable String orNull() {
    return text.isEmpty() ? null : text.toString();
  }

  /** In brackets behind a blank; empty if no fact was there. */
  public String inBrackets() {
    return text.isEmpty() ? "" : " (" + text + ")";
  }
}

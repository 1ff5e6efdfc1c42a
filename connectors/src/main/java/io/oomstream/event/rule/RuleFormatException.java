package io.oomstream.event.rule;

/** A live rule that cannot be, with a line for people that says why. */
public final class RuleFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  RuleFormatException(String message) {
    super(message);
  }
}

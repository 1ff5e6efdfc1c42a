package io.oomstream.event.rule;

/** An invalid live rule; the message is one line for people that says why. */
public final class RuleFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  RuleFormatException(String message) {
    super(message);
  }
}

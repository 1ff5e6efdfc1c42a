package io.oomstream.config;

/** An option that cannot be used. The message is one line for people: what, where, what to do. */
public final class BadOptionException extends Exception {

  private static final long serialVersionUID = 1L;

  public BadOptionException(String message) {
    super(message);
  }
}

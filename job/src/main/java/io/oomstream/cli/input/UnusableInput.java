package io.oomstream.cli.input;

/** Input or options that nothing can be done with. The message is one line for people. */
public final class UnusableInput extends Exception {

  private static final long serialVersionUID = 1L;

  public UnusableInput(String message) {
    super(message);
  }
}

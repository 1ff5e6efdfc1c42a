package io.oomstream.cli;

/** Input or options that nothing can be done with. The message is one line for people. */
final class UnusableInput extends Exception {

  private static final long serialVersionUID = 1L;

  UnusableInput(String message) {
    super(message);
  }
}

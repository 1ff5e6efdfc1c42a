package io.oomstream.cli;

/** How the command ends. */
final class ExitCode {

  static final int OK = 0;
  static final int FAILED = 1;

  /** Arguments or files that nothing can be done with. */
  static final int UNUSABLE = 2;

  private ExitCode() {}
}

package io.oomstream.cli;

/** How the command ends. */
final class ExitCode {

  static final int OK = 0;
  static final int FAILED = 1;

  /** Arguments or files that nothing can be done with. */
  static final int UNUSABLE = 2;

  /** The files could be read, but no line of them looks like the kernel's. */
  static final int NO_KERNEL_LINE = 3;

  /** A file could not be read, or not to its end; the others were. */
  static final int PARTLY_READ = 4;

  private ExitCode() {}
}

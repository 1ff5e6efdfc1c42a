package io.oomstream.cli.shell;

/** What people read on standard error beside the report. */
public final class Warnings {

  private Warnings() {}

  public static void print(String warning) {
    System.err.println("oomstream: " + warning.replace('\n', ' '));
  }
}

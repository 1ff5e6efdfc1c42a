package io.oomstream.cli;

/** What people are told on standard error. */
final class Warnings {

  private Warnings() {}

  static void print(String warning) {
    System.err.println("oomstream: " + warning.replace('\n', ' '));
  }
}

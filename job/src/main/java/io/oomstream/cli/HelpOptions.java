package io.oomstream.cli;

import picocli.CommandLine.Option;

/** What every command answers. */
final class HelpOptions {

  static final String ALL = "--help-all";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show the common options and exit")
  private boolean help;

  /** Answered before the line is parsed: picocli knows one help only. */
  @Option(names = ALL, description = "Show all options and exit")
  private boolean all;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      hidden = true,
      description = "Show the version and exit")
  private boolean version;
}

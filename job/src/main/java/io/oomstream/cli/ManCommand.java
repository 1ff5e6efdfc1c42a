package io.oomstream.cli;

import io.oomstream.cli.shell.ExitCode;
import io.oomstream.cli.shell.FullHelp;
import io.oomstream.cli.shell.ManPage;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code oomstream man}: the manual page. */
@Command(
    name = "man",
    header = "Print the manual page.",
    description = "Read it so: ./oomstream man | man -l -")
final class ManCommand implements Callable<Integer> {

  @Mixin private HelpOptions help = new HelpOptions();

  @Override
  public Integer call() {
    System.out.print(page());
    return ExitCode.OK;
  }

  static String page() {
    CommandLine line = OomstreamCommand.line();
    // The job's options have a page of their own, and --help-all.
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              if (!name.equals("run")) {
                FullHelp.of(command);
              }
            });
    return ManPage.of(line, ExitCode.meanings());
  }
}

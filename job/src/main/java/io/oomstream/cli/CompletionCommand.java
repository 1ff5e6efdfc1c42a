package io.oomstream.cli;

import io.oomstream.cli.shell.ExitCode;
import io.oomstream.cli.shell.FullHelp;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code oomstream completion}: what a shell needs to complete commands and options. */
@Command(
    name = "completion",
    header = "Print what bash or zsh needs to complete commands and options.",
    description = "Use it so: source <(./oomstream completion)")
final class CompletionCommand implements Callable<Integer> {

  @Mixin private HelpOptions help = new HelpOptions();

  @Override
  public Integer call() {
    String script = AutoComplete.bash(OomstreamCommand.NAME, FullHelp.of(OomstreamCommand.line()));
    // The launcher lies in the checkout, seldom on the PATH.
    String registered = " " + OomstreamCommand.NAME;
    System.out.println(
        script.replace(
            "complete -F _complete_oomstream -o default" + registered,
            "complete -F _complete_oomstream -o default" + registered + " ./oomstream"));
    return ExitCode.OK;
  }
}

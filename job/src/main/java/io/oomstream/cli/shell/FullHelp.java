package io.oomstream.cli.shell;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Rare options are hidden, so that the help of a command stays short; here they are shown.
 *
 * <p>The line is only good for showing afterwards: options that are bound together are not.
 */
public final class FullHelp {

  private FullHelp() {}

  /** Shows all options of a command and of its subcommands. */
  public static CommandLine of(CommandLine line) {
    show(line.getCommandSpec());
    line.getSubcommands().values().forEach(FullHelp::of);
    return line;
  }

  private static void show(CommandSpec spec) {
    for (OptionSpec option : List.copyOf(spec.options())) {
      if (option.hidden() && option.group() == null) {
        spec.remove((ArgSpec) option);
        spec.addOption(OptionSpec.builder(option).hidden(false).build());
      }
    }
  }
}

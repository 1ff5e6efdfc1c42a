package io.oomstream.cli;

import io.oomstream.cli.shell.Similar;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What a command line that can't be understood was probably to be. */
final class Meant {

  private Meant() {}

  /** A command or an option, as it is to be written; null if nothing is near. */
  static @Nullable String by(CommandLine.ParameterException e) {
    if (!(e instanceof CommandLine.UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return null;
    }
    String given = unmatched.getUnmatched().get(0);
    CommandLine line = e.getCommandLine();
    if (given.startsWith("-")) {
      List<String> options = new ArrayList<>();
      for (OptionSpec option : line.getCommandSpec().options()) {
        options.addAll(List.of(option.names()));
      }
      int value = given.indexOf('=');
      return Similar.to(value < 0 ? given : given.substring(0, value), options);
    }
    if (line.getParent() != null) {
      return null;
    }
    String command = Similar.to(given, line.getSubcommands().keySet());
    return command == null && isFile(given) ? "./oomstream analyze " + given : command;
  }

  /** What is wrong with it. */
  static @Nullable String sentence(CommandLine.ParameterException e) {
    boolean command =
        e instanceof CommandLine.UnmatchedArgumentException unmatched
            && !unmatched.getUnmatched().isEmpty()
            && !unmatched.getUnmatched().get(0).startsWith("-")
            && e.getCommandLine().getParent() == null;
    return command
        ? "\""
            + ((CommandLine.UnmatchedArgumentException) e).getUnmatched().get(0)
            + "\" is no command"
        : e.getMessage();
  }

  private static boolean isFile(String given) {
    try {
      return Files.exists(Path.of(given));
    } catch (InvalidPathException notAName) {
      return false;
    }
  }
}

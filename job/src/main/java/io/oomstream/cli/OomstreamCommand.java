package io.oomstream.cli;

import io.oomstream.config.BadOptionException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
    name = "oomstream",
    description = "Explains OOM kills and memory anomalies from kernel logs.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {AnalyzeCommand.class, DemoCommand.class})
public final class OomstreamCommand {

  private OomstreamCommand() {}

  /** Runs it; the process's exit code. */
  public static int execute(String... args) {
    CommandLine line = new CommandLine(new OomstreamCommand());
    line.addSubcommand("run", RunCommand.spec());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((e, a) -> usage(e, line.getErr()));
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(e, command.getErr()));
    if (args.length == 0) {
      line.usage(line.getErr());
      return ExitCode.UNUSABLE;
    }
    return line.execute(args);
  }

  private static int usage(CommandLine.ParameterException e, PrintWriter err) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    err.println("oomstream: " + oneLine(e.getMessage()) + "; see ./" + command + " --help");
    return ExitCode.UNUSABLE;
  }

  private static int failed(Exception e, PrintWriter err) {
    boolean unusable = e instanceof UnusableInput || e instanceof BadOptionException;
    err.println("oomstream: " + oneLine(unusable ? e.getMessage() : e.toString()));
    return unusable ? ExitCode.UNUSABLE : ExitCode.FAILED;
  }

  private static String oneLine(@Nullable String message) {
    return message == null ? "failed" : message.replace('\n', ' ').replace("\r", "");
  }
}

package io.oomstream.cli;

import io.oomstream.cli.input.UnusableInput;
import io.oomstream.config.BadOptionException;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
    name = "oomstream",
    description = "Explains OOM kills and memory anomalies from kernel logs.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {AnalyzeCommand.class, ServeCommand.class, DemoCommand.class})
public final class OomstreamCommand {

  private OomstreamCommand() {}

  /**
   * How a command ended.
   *
   * @param exitCode of the process
   * @param failure the line for people that standard error has too; null if there is none
   * @param cause what was thrown, if anything
   */
  public record Outcome(int exitCode, @Nullable String failure, @Nullable Throwable cause) {}

  /** Runs it; the process's exit code. */
  public static int execute(String... args) {
    return run(args).exitCode();
  }

  /** Runs it. */
  public static Outcome run(String... args) {
    AtomicReference<@Nullable Exception> thrown = new AtomicReference<>();
    CommandLine line = new CommandLine(new OomstreamCommand());
    line.addSubcommand("run", RunCommand.spec());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(
        (e, a) -> {
          thrown.set(e);
          return usage(e, line.getErr());
        });
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          thrown.set(e);
          return failed(e, command.getErr());
        });
    if (args.length == 0) {
      line.usage(line.getErr());
      return new Outcome(ExitCode.UNUSABLE, "no command given", null);
    }
    int exitCode = line.execute(args);
    Exception cause = thrown.get();
    return new Outcome(exitCode, cause == null ? null : said(cause), cause);
  }

  private static int usage(CommandLine.ParameterException e, PrintWriter err) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    err.println("oomstream: " + oneLine(e.getMessage()) + "; see ./" + command + " --help");
    return ExitCode.UNUSABLE;
  }

  private static int failed(Exception e, PrintWriter err) {
    err.println("oomstream: " + said(e));
    return isUnusable(e) ? ExitCode.UNUSABLE : ExitCode.FAILED;
  }

  private static String said(Exception e) {
    return oneLine(isUnusable(e) ? e.getMessage() : e.toString());
  }

  private static boolean isUnusable(Exception e) {
    return e instanceof UnusableInput
        || e instanceof BadOptionException
        || e instanceof CommandLine.ParameterException;
  }

  private static String oneLine(@Nullable String message) {
    return message == null ? "failed" : message.replace('\n', ' ').replace("\r", "");
  }
}

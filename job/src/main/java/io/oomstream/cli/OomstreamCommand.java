package io.oomstream.cli;

import io.oomstream.cli.input.UnusableInput;
import io.oomstream.cli.shell.ExitCode;
import io.oomstream.cli.shell.FullHelp;
import io.oomstream.cli.shell.Launcher;
import io.oomstream.cli.shell.ReportOutput;
import io.oomstream.config.BadOptionException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;

/** The command line. */
@Command(
    name = OomstreamCommand.NAME,
    description = "Explains OOM kills and memory anomalies from kernel logs.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class,
    footerHeading = "%nBegin with one of these:%n",
    footer = {
      "  dmesg | ./oomstream analyze -           what your own kernel's log tells",
      "  ./oomstream analyze kern.log -o a.html  a file's, as a page for the browser",
      "  ./oomstream serve                       paste a log into the browser",
      "  ./oomstream demo                        a whole fleet in one process",
      "",
      "./oomstream help COMMAND explains a command."
    })
public final class OomstreamCommand {

  static final String NAME = "oomstream";
  private static final String ANALYZE = "analyze";

  @Mixin private HelpOptions help = new HelpOptions();

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

  /** The commands with their options. */
  static CommandLine line() {
    CommandLine line = new CommandLine(new OomstreamCommand());
    line.addSubcommand(new AnalyzeCommand());
    line.addSubcommand(new CompareCommand());
    line.addSubcommand(new ServeCommand());
    line.addSubcommand(new DemoCommand());
    line.addSubcommand("run", RunCommand.spec());
    line.addSubcommand(new CompletionCommand());
    line.addSubcommand(new ManCommand());
    line.addSubcommand(new HelpCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  /** With one command, which is to start fast: the others' options are many. */
  private static CommandLine analyze() {
    CommandLine line = new CommandLine(new OomstreamCommand());
    line.addSubcommand(new AnalyzeCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  /** Runs it. */
  public static Outcome run(String... args) {
    AtomicReference<@Nullable Exception> thrown = new AtomicReference<>();
    CommandLine line = args.length > 0 && args[0].equals(ANALYZE) ? analyze() : line();
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
      // A person is shown the way; a cluster's job that has no command can't start.
      line.usage(Launcher.isUsed() ? line.getOut() : line.getErr());
      int exitCode = Launcher.isUsed() ? ExitCode.OK : ExitCode.UNUSABLE;
      return new Outcome(exitCode, "no command given", null);
    }
    if (wantsAll(args)) {
      CommandLine full = FullHelp.of(line());
      CommandLine command = full.getSubcommands().get(args[0]);
      (command == null ? full : command).usage(line.getOut());
      return new Outcome(ExitCode.OK, null, null);
    }
    int exitCode = line.execute(args);
    Exception cause = thrown.get();
    return new Outcome(exitCode, cause == null ? null : said(cause), cause);
  }

  private static boolean wantsAll(String... args) {
    List<String> options = Arrays.asList(args);
    int end = options.indexOf("--");
    return (end < 0 ? options : options.subList(0, end)).contains(HelpOptions.ALL);
  }

  private static int usage(CommandLine.ParameterException e, PrintWriter err) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String meant = Meant.by(e);
    err.println(
        "oomstream: "
            + oneLine(Meant.sentence(e))
            + (meant == null ? "" : "; did you mean " + meant + "?")
            + "; see ./"
            + command
            + " --help");
    return ExitCode.UNUSABLE;
  }

  private static int failed(Exception e, PrintWriter err) {
    if (e instanceof ReportOutput.Failed output && output.isUnread()) {
      return ExitCode.UNREAD;
    }
    err.println("oomstream: " + said(e));
    return isUnusable(e) ? ExitCode.UNUSABLE : ExitCode.FAILED;
  }

  private static String said(Exception e) {
    boolean plain = isUnusable(e) || e instanceof ReportOutput.Failed;
    return oneLine(plain ? e.getMessage() : e.toString());
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

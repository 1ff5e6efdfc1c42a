package io.oomstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.input.EventOrder;
import io.oomstream.cli.input.FileAnalysis;
import io.oomstream.cli.input.LogFile;
import io.oomstream.cli.input.LogFiles;
import io.oomstream.cli.input.UnusableInput;
import io.oomstream.cli.report.EventList;
import io.oomstream.cli.report.EventNode;
import io.oomstream.cli.report.Incident;
import io.oomstream.cli.shell.ExitCode;
import io.oomstream.cli.shell.Launcher;
import io.oomstream.cli.shell.ReportOutput;
import io.oomstream.cli.shell.Terminal;
import io.oomstream.cli.text.Comparison;
import io.oomstream.cli.text.TextStyle;
import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
import io.oomstream.diagnosis.context.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code oomstream compare}: two blocks side by side. */
@Command(
    name = "compare",
    header = "Compare two kills: what grew between them.",
    description =
        "Two blocks side by side: causes, limits, the uses of memory, processes by name, slab"
            + " caches. Takes the first block of each log; FILE#3 is the third. One log alone: its"
            + " first block against its last.",
    sortOptions = false)
final class CompareCommand implements Callable<Integer> {

  @Mixin private HelpOptions help = new HelpOptions();

  @Option(names = "--full", description = "All names, not only those that changed most")
  private boolean full;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "Zone of wall clocks that name none, as in dmesg -T. Default: UTC")
  private String timeZone = "UTC";

  @Option(
      names = "--lang",
      paramLabel = "LANGUAGE",
      description = "Language of the report: en or zh. Default: en")
  private @Nullable String language;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      hidden = true,
      description = "always, never or auto: on a terminal, unless NO_COLOR is set. Default: auto")
  private Terminal.Colour colour = Terminal.Colour.auto;

  @Parameters(
      arity = "1..2",
      paramLabel = "FILE[#N]",
      description = "Log files; - is standard input")
  private List<String> paths = List.of();

  /** A log and the block that is meant. */
  private record Wanted(String path, @Nullable Integer number) {

    static Wanted of(String given) {
      int mark = given.lastIndexOf('#');
      String digits = given.substring(mark + 1);
      boolean numbered =
          mark > 0
              && !digits.isEmpty()
              && digits.length() < 9
              && digits.chars().allMatch(c -> c >= '0' && c <= '9')
              && !Files.exists(Path.of(given));
      return numbered
          ? new Wanted(given.substring(0, mark), Integer.valueOf(digits))
          : new Wanted(given, null);
    }
  }

  @Override
  public Integer call() throws UnusableInput, BadOptionException, IOException {
    Map<String, String> given = new LinkedHashMap<>();
    given.put(OomOptions.INPUT_TIME_ZONE.key(), timeZone);
    if (language != null) {
      given.put(OomOptions.REPORT_LANGUAGE.key(), language);
    }
    JobConfig config = JobConfig.of(given);
    EventNode left;
    EventNode right;
    Wanted first = Wanted.of(paths.get(0));
    List<Incident> ofFirst = incidents(first.path(), config);
    left = one(first, ofFirst, 1);
    if (paths.size() == 1) {
      if (first.number() != null || ofFirst.size() < 2) {
        throw new UnusableInput(
            first.path() + ": has nothing to compare with: name a second log, or FILE#N twice");
      }
      right = one(first, ofFirst, ofFirst.size());
    } else {
      Wanted second = Wanted.of(paths.get(1));
      right =
          one(
              second,
              second.path().equals(first.path()) ? ofFirst : incidents(second.path(), config),
              1);
    }
    Terminal terminal = Terminal.ofProcess();
    TextStyle style =
        new TextStyle(
            terminal.columns(TextStyle.WIDTH),
            terminal.shows(colour),
            full ? TextStyle.Detail.FULL : TextStyle.Detail.CARDS,
            false);
    try (ReportOutput out = ReportOutput.standard(Launcher.isUsed())) {
      out.print(Comparison.render(left, right, Messages.in(config.language()), style));
      out.finish();
    }
    return ExitCode.OK;
  }

  private static EventNode one(Wanted wanted, List<Incident> incidents, int otherwise)
      throws UnusableInput {
    int number = wanted.number() == null ? otherwise : wanted.number();
    if (incidents.isEmpty()) {
      throw new UnusableInput(wanted.path() + ": has no kill and no failed allocation to compare");
    }
    if (number < 1 || number > incidents.size()) {
      throw new UnusableInput(
          wanted.path() + ": has the blocks 1 to " + incidents.size() + ", not " + number);
    }
    return incidents.get(number - 1).data();
  }

  private static List<Incident> incidents(String path, JobConfig config)
      throws UnusableInput, BadOptionException {
    LogFiles files = LogFiles.of(List.of(path), System.currentTimeMillis(), config.envelope());
    if (files.logs().isEmpty()) {
      throw new UnusableInput(files.refused().get(files.refused().size() - 1));
    }
    FileAnalysis.Result result =
        FileAnalysis.run(files.logs(), null, config, FileAnalysis.Blocks.ALL);
    List<JsonNode> events =
        EventOrder.sorted(result, files.logs().stream().map(LogFile::path).toList());
    EventList list = EventList.of(events);
    return Incident.of(list.kills(), list.signals(), events);
  }
}

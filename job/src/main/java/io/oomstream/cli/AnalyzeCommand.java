package io.oomstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.html.HtmlReport;
import io.oomstream.cli.html.PageWords;
import io.oomstream.cli.input.EventOrder;
import io.oomstream.cli.input.FileAnalysis;
import io.oomstream.cli.input.LogFile;
import io.oomstream.cli.input.UnusableInput;
import io.oomstream.cli.report.DeadLetterNote;
import io.oomstream.cli.report.TextReport;
import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.EventJson;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code oomstream analyze}: explain the kills and failures in log files. */
@Command(
    name = "analyze",
    description =
        "Explain the OOM kills and allocation failures in log files: the job's own pipeline, in"
            + " this process. Reads dmesg and journalctl output (-o export too), syslog, /dev/kmsg,"
            + " the JSON of log shippers over any number of lines, and OpenTelemetry's protobuf,"
            + " plain or gzip.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class AnalyzeCommand implements Callable<Integer> {

  private enum Output {
    text,
    json,
    html
  }

  @Option(
      names = "--output",
      paramLabel = "FORM",
      defaultValue = "text",
      description = "text, json (one CloudEvents object a line) or html. Default: text")
  private Output output = Output.text;

  @Option(
      names = "--envelope",
      paramLabel = "FORM",
      defaultValue = "auto",
      description =
          "Form of the lines: auto, kmsg, dmesg, rfc3164, rfc5424, cri, journald-json,"
              + " journald-export, dmesg-json, otlp-json, otlp-proto and the others of"
              + " docs/ingest/envelopes.md. Default: auto")
  private String envelope = "auto";

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "Host of lines that name none. Default: the file's path")
  private @Nullable String host;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "Zone of wall clocks that name none, as in dmesg -T. Default: UTC")
  private String timeZone = "UTC";

  @Option(
      names = "--lang",
      paramLabel = "LANGUAGE",
      description = "Language of the report, its causes and advice: en or zh. Default: en")
  private @Nullable String language;

  @Option(names = "--blocks", description = "json: the block events too, with every line")
  private boolean blocks;

  @Option(
      names = "--option",
      paramLabel = "KEY=VALUE",
      description = "Any option of the job, as in ./oomstream run --help; may be repeated")
  private Map<String, String> options = new LinkedHashMap<>();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Log files; - is standard input")
  private List<String> paths = List.of();

  @Override
  public Integer call() throws UnusableInput, BadOptionException {
    Map<String, String> given = new LinkedHashMap<>(options);
    given.put(OomOptions.INPUT_ENVELOPE.key(), envelope);
    given.put(OomOptions.INPUT_TIME_ZONE.key(), timeZone);
    if (language != null) {
      given.put(OomOptions.REPORT_LANGUAGE.key(), language);
    }
    JobConfig config = JobConfig.of(given);
    List<LogFile> files = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    long now = System.currentTimeMillis();
    for (String path : paths) {
      if (seen.add(path)) {
        files.add(LogFile.of(path, now, config.envelope()));
      }
    }
    FileAnalysis.Result result = FileAnalysis.run(files, host, config, wantedBlocks());
    if (result.linesRead() == 0 && seen.contains(LogFile.STANDARD_INPUT)) {
      throw new UnusableInput(
          "-: standard input is empty; dmesg may need root: sudo dmesg | ./oomstream analyze -");
    }
    List<JsonNode> events = EventOrder.sorted(result, paths);
    DeadLetterNote.print(result.deadLetters(), System.err);
    if (isUnusable(result, events)) {
      return ExitCode.UNUSABLE;
    }
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    print(events, config.language(), out);
    out.flush();
    return ExitCode.OK;
  }

  private FileAnalysis.Blocks wantedBlocks() {
    return switch (output) {
      case text -> FileAnalysis.Blocks.UNFINISHED;
      case html -> FileAnalysis.Blocks.ALL;
      case json -> blocks ? FileAnalysis.Blocks.ALL : FileAnalysis.Blocks.NONE;
    };
  }

  private void print(List<JsonNode> events, Language language, PrintStream out) {
    switch (output) {
      case text -> out.print(TextReport.render(events, Messages.in(language)));
      case json ->
          events.forEach(
              event -> out.println(new String(EventJson.toBytes(event), StandardCharsets.UTF_8)));
      case html -> out.print(HtmlReport.render(events, PageWords.in(language)));
    }
  }

  /** Nothing came out, and nothing in the files could be read either. */
  static boolean isUnusable(FileAnalysis.Result result, List<JsonNode> events) {
    return events.isEmpty()
        && result.linesRead()
            == result.deadLetters().stream().filter(AnalyzeCommand::unread).count();
  }

  private static boolean unread(DeadLetter letter) {
    return letter.reason() == DeadLetter.Reason.UNDECODABLE
        || letter.reason() == DeadLetter.Reason.LINE_TOO_LONG;
  }
}

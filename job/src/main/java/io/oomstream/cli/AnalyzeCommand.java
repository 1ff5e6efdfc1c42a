package io.oomstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.html.HtmlReport;
import io.oomstream.cli.html.PageWords;
import io.oomstream.cli.input.EventOrder;
import io.oomstream.cli.input.FileAnalysis;
import io.oomstream.cli.input.LogFile;
import io.oomstream.cli.input.LogFiles;
import io.oomstream.cli.input.ProcFiles;
import io.oomstream.cli.input.UnusableInput;
import io.oomstream.cli.report.SnapshotReport;
import io.oomstream.cli.report.TextReport;
import io.oomstream.cli.summary.Coverage;
import io.oomstream.cli.summary.DeadLetterNote;
import io.oomstream.cli.summary.InputSummary;
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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
            + " the JSON of log shippers over any number of lines, OpenTelemetry's protobuf, and"
            + " what log stores export as CSV or JSON; pasted, quoted, indented or wrapped too."
            + " Directories and tars (sosreports) are read whole; gzip, xz, zstd and bzip2 are"
            + " unpacked. Exit code 3: no line looks like the kernel's; 4: a file could not be read.",
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

  @Option(
      names = "--explain",
      description =
          "text: each kill with what its figures mean (mask, order, marks, reserved memory)")
  private boolean explain;

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
    List<String> copies = new ArrayList<>();
    List<String> logs = new ArrayList<>();
    for (String path : new LinkedHashSet<>(paths)) {
      (ProcFiles.isOne(path) ? copies : logs).add(path);
    }
    Messages words = Messages.in(config.language());
    if (logs.isEmpty()) {
      return printCopies(copies, List.of(), config, words);
    }
    LogFiles files = LogFiles.of(logs, System.currentTimeMillis(), config.envelope());
    files.passedOver().forEach(AnalyzeCommand::warn);
    if (files.logs().isEmpty()) {
      files.refused().subList(0, files.refused().size() - 1).forEach(AnalyzeCommand::warn);
      throw new UnusableInput(files.refused().get(files.refused().size() - 1));
    }
    files.refused().forEach(AnalyzeCommand::warn);
    FileAnalysis.Result result = FileAnalysis.run(files.logs(), host, config, wantedBlocks());
    InputSummary read = result.summary();
    boolean none = result.unreadable() == files.logs().size();
    if (none) {
      read.warnings().subList(0, read.warnings().size() - 1).forEach(AnalyzeCommand::warn);
      throw new UnusableInput(read.warnings().get(read.warnings().size() - 1));
    }
    read.warnings().forEach(AnalyzeCommand::warn);
    if (read.records() == 0 && paths.contains(LogFile.STANDARD_INPUT)) {
      throw new UnusableInput(
          "-: standard input is empty; dmesg may need root: sudo dmesg | ./oomstream analyze -");
    }
    List<JsonNode> events =
        EventOrder.sorted(result, files.logs().stream().map(LogFile::path).toList());
    DeadLetterNote.print(result.deadLetters(), System.err);
    if (!copies.isEmpty()) {
      return printCopies(copies, events, config, words);
    }
    if (isUnusable(result, events)) {
      return ExitCode.UNUSABLE;
    }
    Coverage coverage = new Coverage(read, result.deadLetters().size(), words);
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    print(events, config.language(), coverage, out);
    out.flush();
    boolean partly = !files.refused().isEmpty() || !read.warnings().isEmpty();
    if (events.isEmpty() && coverage.isOfNoKernel()) {
      return ExitCode.NO_KERNEL_LINE;
    }
    return partly ? ExitCode.PARTLY_READ : ExitCode.OK;
  }

  private static void warn(String warning) {
    System.err.println("oomstream: " + warning.replace('\n', ' '));
  }

  /** With copies of {@code /proc} files: the log's events, the copies' signals and their story. */
  private int printCopies(
      List<String> copies, List<JsonNode> events, JobConfig config, Messages words) {
    ProcFiles read = ProcFiles.read(copies, hostOf(events));
    read.unreadable()
        .forEach(
            path -> System.err.println(path + ": looks like a file of /proc, but can't be read"));
    List<JsonNode> all = new ArrayList<>(events);
    all.addAll(read.signals(config.trendOptions()));
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    if (output == Output.text) {
      out.print(SnapshotReport.render(read.moments(), events, words));
    }
    if (output != Output.text || !all.isEmpty()) {
      print(all, config.language(), null, out);
    }
    out.flush();
    return read.moments().isEmpty() && events.isEmpty() ? ExitCode.UNUSABLE : ExitCode.OK;
  }

  /** Files that name no host are the log's host's, where it is the only one. */
  private String hostOf(List<JsonNode> events) {
    List<String> hosts =
        events.stream()
            .map(event -> event.at("/data/host/name"))
            .filter(JsonNode::isTextual)
            .map(JsonNode::asText)
            .distinct()
            .toList();
    return host != null ? host : hosts.size() == 1 ? hosts.get(0) : "this machine";
  }

  private FileAnalysis.Blocks wantedBlocks() {
    return switch (output) {
      case text -> FileAnalysis.Blocks.UNFINISHED;
      case html -> FileAnalysis.Blocks.ALL;
      case json -> blocks ? FileAnalysis.Blocks.ALL : FileAnalysis.Blocks.NONE;
    };
  }

  private void print(
      List<JsonNode> events, Language language, @Nullable Coverage coverage, PrintStream out) {
    switch (output) {
      case text -> out.print(TextReport.render(events, Messages.in(language), coverage, explain));
      case json -> {
        events.forEach(
            event -> out.println(new String(EventJson.toBytes(event), StandardCharsets.UTF_8)));
        if (coverage != null) {
          warn(coverage.sentence());
        }
      }
      case html -> out.print(HtmlReport.render(events, PageWords.in(language), coverage));
    }
  }

  /** Nothing came out, and nothing in the files could be read either. */
  static boolean isUnusable(FileAnalysis.Result result, List<JsonNode> events) {
    return events.isEmpty()
        && result.summary().records()
            == result.deadLetters().stream().filter(AnalyzeCommand::unread).count();
  }

  private static boolean unread(DeadLetter letter) {
    return letter.reason() == DeadLetter.Reason.UNDECODABLE
        || letter.reason() == DeadLetter.Reason.LINE_TOO_LONG;
  }
}

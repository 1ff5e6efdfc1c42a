package io.oomstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.input.EventOrder;
import io.oomstream.cli.input.FileAnalysis;
import io.oomstream.cli.input.LogFile;
import io.oomstream.cli.input.LogFiles;
import io.oomstream.cli.input.Meter;
import io.oomstream.cli.input.ProcFiles;
import io.oomstream.cli.input.UnusableInput;
import io.oomstream.cli.report.EventList;
import io.oomstream.cli.shell.ReportOutput;
import io.oomstream.cli.summary.Coverage;
import io.oomstream.cli.summary.DeadLetterNote;
import io.oomstream.cli.summary.InputSummary;
import io.oomstream.cli.text.SnapshotReport;
import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code oomstream analyze}: explain the kills and failures in log files. */
@Command(
    name = "analyze",
    header = "Explain the OOM kills and failed allocations in log files.",
    description =
        "The job's own pipeline, in this process. Reads dmesg and journalctl output (-o export too), syslog, /dev/kmsg,"
            + " the JSON of log shippers over any number of lines, OpenTelemetry's protobuf, and"
            + " what log stores export as CSV or JSON; pasted, quoted, indented or wrapped too."
            + " Directories and tars (sosreports) are read whole; gzip, xz, zstd and bzip2 are"
            + " unpacked.",
    sortOptions = false)
final class AnalyzeCommand implements Callable<Integer> {

  @Mixin private HelpOptions help = new HelpOptions();

  @Mixin private DisplayOptions display = new DisplayOptions();

  @Option(
      names = "--envelope",
      paramLabel = "FORM",
      defaultValue = "auto",
      hidden = true,
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

  @Option(
      names = "--blocks",
      hidden = true,
      description = "json: the block events too, with every line")
  private boolean blocks;

  @Option(
      names = "--option",
      paramLabel = "KEY=VALUE",
      hidden = true,
      description = "Any option of the job, as in ./oomstream run --help; may be repeated")
  private Map<String, String> options = new LinkedHashMap<>();

  @Option(
      names = {"-f", "--follow"},
      description =
          "text, markdown, json: go on at the end of the only log and show each kill within a"
              + " second; done by itself for standard input that stays open")
  private boolean follow;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Log files; - is standard input")
  private List<String> paths = List.of();

  @Override
  public Integer call() throws UnusableInput, BadOptionException, IOException {
    display.check();
    boolean only = new LinkedHashSet<>(paths).size() == 1;
    boolean endless = display.form() != DisplayOptions.Form.html && !display.isToFile();
    if (follow && !(only && endless)) {
      throw new BadOptionException("--follow: takes one log, and shows text, markdown or json");
    }
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
    if (only && endless && (follow || logs.contains(LogFile.STANDARD_INPUT))) {
      return live(logs.get(0), config, words);
    }
    LogFiles files = LogFiles.of(logs, System.currentTimeMillis(), config.envelope());
    files.passedOver().forEach(Warnings::print);
    if (files.logs().isEmpty()) {
      files.refused().subList(0, files.refused().size() - 1).forEach(Warnings::print);
      throw new UnusableInput(files.refused().get(files.refused().size() - 1));
    }
    files.refused().forEach(Warnings::print);
    FileAnalysis.Result result;
    Meter meter = new Meter();
    try (Progress progress = Progress.of(meter, files.bytes())) {
      result = FileAnalysis.run(files.logs(), host, config, wantedBlocks(), meter);
    }
    InputSummary read = result.summary();
    boolean none = result.unreadable() == files.logs().size();
    if (none) {
      read.warnings().subList(0, read.warnings().size() - 1).forEach(Warnings::print);
      throw new UnusableInput(read.warnings().get(read.warnings().size() - 1));
    }
    read.warnings().forEach(Warnings::print);
    checkNotEmpty(read);
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
    try (ReportOutput out = display.open()) {
      printer(config, out).print(shown(events), coverage);
      out.finish();
    }
    boolean partly = !files.refused().isEmpty() || !read.warnings().isEmpty();
    return exitCode(coverage, partly, EventList.of(events).isEmpty());
  }

  private void checkNotEmpty(InputSummary read) throws UnusableInput {
    if (read.records() == 0 && paths.contains(LogFile.STANDARD_INPUT)) {
      throw new UnusableInput(
          "-: standard input is empty; dmesg may need root: sudo dmesg | ./oomstream analyze -");
    }
  }

  private static int exitCode(Coverage coverage, boolean partly, boolean nothing) {
    if (nothing && coverage.isOfNoKernel()) {
      return ExitCode.NO_KERNEL_LINE;
    }
    return partly ? ExitCode.PARTLY_READ : nothing ? ExitCode.NOTHING_FOUND : ExitCode.OK;
  }

  /** A log that may go on; one that ends at once is reported like a file. */
  private int live(String path, JobConfig config, Messages words)
      throws IOException, BadOptionException, UnusableInput {
    try (ReportOutput out = display.open()) {
      ReportPrinter printer = printer(config, out);
      LiveRun run = new LiveRun(path, follow, printer, out, this::shown);
      FileAnalysis.Result result = run.run(host, config, wantedBlocks());
      InputSummary read = result.summary();
      if (result.unreadable() > 0 && !run.isLive()) {
        throw new UnusableInput(read.warnings().get(read.warnings().size() - 1));
      }
      read.warnings().forEach(Warnings::print);
      checkNotEmpty(read);
      List<JsonNode> events = EventOrder.sorted(result, List.of(path));
      DeadLetterNote.print(result.deadLetters(), System.err);
      if (!run.isLive() && isUnusable(result, events)) {
        return ExitCode.UNUSABLE;
      }
      Coverage coverage = new Coverage(read, result.deadLetters().size(), words);
      boolean nothing = EventList.of(events).isEmpty();
      if (!run.isLive() || !nothing) {
        printer.print(shown(events), run.isLive() ? null : coverage);
      }
      if (run.isLive()) {
        Warnings.print(coverage.sentence());
      }
      out.finish();
      return exitCode(coverage, !read.warnings().isEmpty(), nothing && !run.hasFound());
    }
  }

  /** JSON has the block events only if they are asked for. */
  private List<JsonNode> shown(List<JsonNode> events) {
    return display.form() != DisplayOptions.Form.json || blocks
        ? events
        : events.stream()
            .filter(e -> !OutgoingEvent.Type.BLOCK.ceType().equals(e.path("type").asText()))
            .toList();
  }

  private ReportPrinter printer(JobConfig config, ReportOutput out) {
    return new ReportPrinter(display.form(), display.style(), config.language(), out);
  }

  /** With copies of {@code /proc} files: the log's events, the copies' signals and their story. */
  private int printCopies(
      List<String> copies, List<JsonNode> events, JobConfig config, Messages words)
      throws IOException {
    ProcFiles read = ProcFiles.read(copies, hostOf(events));
    read.unreadable()
        .forEach(
            path -> System.err.println(path + ": looks like a file of /proc, but can't be read"));
    List<JsonNode> all = new ArrayList<>(events);
    all.addAll(read.signals(config.trendOptions()));
    try (ReportOutput out = display.open()) {
      boolean isText = display.form() == DisplayOptions.Form.text;
      if (isText) {
        out.print(SnapshotReport.render(read.moments(), events, words));
      }
      if (!isText || !all.isEmpty()) {
        printer(config, out).print(all, null);
      }
      out.finish();
    }
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
    return switch (display.form()) {
      case text, markdown -> FileAnalysis.Blocks.UNFINISHED;
      case html -> FileAnalysis.Blocks.ALL;
      case json -> blocks ? FileAnalysis.Blocks.ALL : FileAnalysis.Blocks.UNFINISHED;
    };
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

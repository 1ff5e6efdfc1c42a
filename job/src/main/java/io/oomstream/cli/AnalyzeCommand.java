package io.oomstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
import io.oomstream.diagnosis.Messages;
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
              + " ENVELOPES.md. Default: auto")
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

  @Option(names = "--blocks", description = "json: the whole reports too, with every line")
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
    List<LogFile> files = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    long now = System.currentTimeMillis();
    List<String> copies = new ArrayList<>();
    for (String path : paths) {
      if (seen.add(path) && ProcFiles.isOne(path)) {
        copies.add(path);
      } else if (!copies.contains(path) && files.stream().noneMatch(f -> f.path().equals(path))) {
        files.add(LogFile.of(path, now, config.envelope()));
      }
    }
    Messages words = Messages.in(config.language());
    if (files.isEmpty()) {
      return printCopies(copies, List.of(), config, words);
    }
    FileAnalysis.Result result = FileAnalysis.run(files, host, config, wantedBlocks());
    if (result.linesRead() == 0 && seen.contains(LogFile.STANDARD_INPUT)) {
      throw new UnusableInput(
          "-: standard input is empty; dmesg may need root: sudo dmesg | ./oomstream analyze -");
    }
    List<JsonNode> events = EventOrder.sorted(result, paths);
    BootBook boots =
        BootBook.of(
            files, config.envelope(), config.get(OomOptions.INPUT_MAX_LINE_BYTES), config.zone());
    events.forEach(boots::attach);
    DeadLetterNote.print(result.deadLetters(), System.err);
    if (!copies.isEmpty()) {
      return printCopies(copies, events, config, words);
    }
    if (isUnusable(result, events)) {
      return ExitCode.UNUSABLE;
    }
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    print(events, words, out);
    out.flush();
    return ExitCode.OK;
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
      print(all, words, out);
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
    if (output != Output.json) {
      return FileAnalysis.Blocks.UNFINISHED;
    }
    return blocks ? FileAnalysis.Blocks.ALL : FileAnalysis.Blocks.NONE;
  }

  private void print(List<JsonNode> events, Messages words, PrintStream out) {
    switch (output) {
      case text -> out.print(TextReport.render(events, words, explain));
      case json ->
          events.forEach(
              event -> out.println(new String(EventJson.toBytes(event), StandardCharsets.UTF_8)));
      case html -> out.print(HtmlReport.render(events, words));
    }
  }

  /** Nothing came out, and nothing in the files could be read either. */
  private static boolean isUnusable(FileAnalysis.Result result, List<JsonNode> events) {
    return events.isEmpty()
        && result.linesRead()
            == result.deadLetters().stream().filter(AnalyzeCommand::unread).count();
  }

  private static boolean unread(DeadLetter letter) {
    return letter.reason() == DeadLetter.Reason.UNDECODABLE
        || letter.reason() == DeadLetter.Reason.LINE_TOO_LONG;
  }
}

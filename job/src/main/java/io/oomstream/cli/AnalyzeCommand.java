package io.oomstream.cli;

import io.oomstream.cli.analyze.DisplayOptions;
import io.oomstream.cli.analyze.FilesRun;
import io.oomstream.cli.analyze.LiveRun;
import io.oomstream.cli.analyze.ProcCopies;
import io.oomstream.cli.analyze.Request;
import io.oomstream.cli.input.LogFile;
import io.oomstream.cli.input.ProcFiles;
import io.oomstream.cli.input.UnusableInput;
import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
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
    Request request = request();
    boolean endless = display.form() != DisplayOptions.Form.html && !display.isToFile();
    boolean only = request.logs().size() + request.copies().size() == 1;
    if (follow && !(only && endless)) {
      throw new BadOptionException("--follow: takes one log, and shows text, markdown or json");
    }
    if (request.logs().isEmpty()) {
      return ProcCopies.report(request);
    }
    boolean mayGoOn = follow || request.logs().contains(LogFile.STANDARD_INPUT);
    return only && endless && mayGoOn
        ? new LiveRun(request, follow).run()
        : new FilesRun(request).run();
  }

  private Request request() throws BadOptionException, IOException {
    Map<String, String> given = new LinkedHashMap<>(options);
    given.put(OomOptions.INPUT_ENVELOPE.key(), envelope);
    given.put(OomOptions.INPUT_TIME_ZONE.key(), timeZone);
    if (language != null) {
      given.put(OomOptions.REPORT_LANGUAGE.key(), language);
    }
    JobConfig config = JobConfig.of(given);
    List<LogFile> copies = new ArrayList<>();
    List<String> logs = new ArrayList<>();
    for (String path : new LinkedHashSet<>(paths)) {
      if (ProcFiles.isOne(path)) {
        copies.add(LogFile.ofCopy(path));
      } else {
        logs.add(path);
      }
    }
    return new Request(logs, copies, host, config, display, blocks);
  }
}

package io.oomstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.cli.analyze.Verdict;
import io.oomstream.cli.html.PageContent;
import io.oomstream.cli.html.PageWords;
import io.oomstream.cli.input.EventOrder;
import io.oomstream.cli.input.FileAnalysis;
import io.oomstream.cli.input.LogFile;
import io.oomstream.cli.input.UnusableInput;
import io.oomstream.cli.serve.LocalServer;
import io.oomstream.cli.serve.LogReader;
import io.oomstream.cli.shell.ExitCode;
import io.oomstream.cli.summary.Coverage;
import io.oomstream.cli.summary.DeadLetterNote;
import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
import io.oomstream.diagnosis.context.Messages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code oomstream serve}: the page for logs that are pasted into a browser. */
@Command(
    name = "serve",
    header = "Explain logs in the browser: paste one, or drop a file.",
    description =
        "Listens on 127.0.0.1 only; the log"
            + " does not leave this machine and is not kept. Ends with Ctrl-C.",
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {

  private static final int MIB = 1 << 20;

  /** An array holds no more, with the form around it. */
  private static final int MOST_MIB = 1024;

  @Mixin private HelpOptions help = new HelpOptions();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8020",
      description = "Port on 127.0.0.1; 0 for any that is free. Default: 8020")
  private int port = 8020;

  @Option(
      names = "--max-size",
      paramLabel = "MIB",
      defaultValue = "64",
      description = "Largest log in MiB, from 1 to 1024. Default: 64")
  private int maxMib = 64;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "Zone of wall clocks that name none, as in dmesg -T. Default: UTC")
  private String timeZone = "UTC";

  @Option(
      names = "--lang",
      paramLabel = "LANGUAGE",
      description = "Language of the page: en or zh. Default: en")
  private @Nullable String language;

  @Override
  public Integer call() throws UnusableInput, BadOptionException {
    if (port < 0 || port > 65_535) {
      throw new UnusableInput("--port: from 0 to 65535");
    }
    if (maxMib < 1 || maxMib > MOST_MIB) {
      throw new UnusableInput("--max-size: from 1 to " + MOST_MIB);
    }
    Map<String, String> given = new LinkedHashMap<>();
    given.put(OomOptions.INPUT_TIME_ZONE.key(), timeZone);
    if (language != null) {
      given.put(OomOptions.REPORT_LANGUAGE.key(), language);
    }
    JobConfig config = JobConfig.of(given);
    PageWords words = PageWords.in(config.language());
    try (LocalServer server =
        LocalServer.start(port, words, (log, name) -> read(log, name, config), maxMib * MIB)) {
      System.out.println("Open " + server.address() + " in a browser. Ctrl-C ends it.");
      new CountDownLatch(1).await();
    } catch (IOException e) {
      throw new UnusableInput("127.0.0.1:" + port + " can't be used: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK;
  }

  /**
   * The job's own pipeline over one log, which the page calls by the name that its reader knows.
   */
  static LogReader.Outcome read(Path log, String name, JobConfig config)
      throws UnusableInput, BadOptionException {
    String path = log.toString();
    String shown = name.isBlank() ? LogFile.STANDARD_INPUT : name;
    LogFile file = LogFile.of(path, System.currentTimeMillis(), config.envelope());
    FileAnalysis.Result result =
        FileAnalysis.run(List.of(file), shown, config, FileAnalysis.Blocks.ALL);
    List<JsonNode> events = EventOrder.sorted(result, List.of(path));
    events.forEach(event -> rename(event, path, shown));
    boolean unusable = Verdict.isUnusable(result, events);
    Coverage coverage =
        new Coverage(result.summary(), result.deadLetters().size(), Messages.in(config.language()));
    return new LogReader.Outcome(
        PageContent.of(events).read(coverage).noting(notes(result, path, shown)), unusable);
  }

  private static void rename(JsonNode event, String path, String name) {
    for (String end : List.of("first", "last")) {
      if (event.at("/data/block/" + end) instanceof ObjectNode position
          && position.path("topic").asText().equals(path)) {
        position.put("topic", name);
      }
    }
  }

  private static List<String> notes(FileAnalysis.Result result, String path, String name) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    DeadLetterNote.print(result.deadLetters(), new PrintStream(text, true, StandardCharsets.UTF_8));
    return text.toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replace("oomstream: " + path, name))
        .toList();
  }
}

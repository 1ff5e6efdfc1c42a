package io.oomstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.input.EventOrder;
import io.oomstream.cli.input.FileAnalysis;
import io.oomstream.cli.input.GrowingFile;
import io.oomstream.cli.input.LiveAnalysis;
import io.oomstream.cli.input.LivePipe;
import io.oomstream.cli.input.LogFile;
import io.oomstream.cli.input.UnusableInput;
import io.oomstream.cli.shell.ReportOutput;
import io.oomstream.cli.summary.DeadLetterNote;
import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A log that may go on: each kill is told when it is known. */
final class LiveRun {

  private final LogFile file;
  private final boolean follows;
  private final ReportPrinter printer;
  private final ReportOutput out;
  private final UnaryOperator<List<JsonNode>> shown;
  private boolean live;
  private boolean found;

  /**
   * A run.
   *
   * @param follows whether the log is known to go on
   * @param shown of the events, those that are to be printed
   */
  LiveRun(
      String path,
      boolean follows,
      ReportPrinter printer,
      ReportOutput out,
      UnaryOperator<List<JsonNode>> shown) {
    // Without a file of its own it is read from what it is given.
    this.file = new LogFile(path, System.currentTimeMillis(), null, null);
    this.follows = follows;
    this.printer = printer;
    this.out = out;
    this.shown = shown;
  }

  LogFile file() {
    return file;
  }

  /** Whether anything was printed before the log's end. */
  boolean isLive() {
    return live;
  }

  /** Whether anything was found before the log's end. */
  boolean hasFound() {
    return found;
  }

  /**
   * Reads to the end of the log.
   *
   * @return what came out since the last news
   */
  FileAnalysis.Result run(@Nullable String host, JobConfig config, FileAnalysis.Blocks blocks)
      throws IOException, BadOptionException, UnusableInput {
    LivePipe pipe = new LivePipe(source(), follows);
    return new LiveAnalysis(file, pipe, host, config).run(blocks, this::news);
  }

  private InputStream source() throws UnusableInput {
    if (file.path().equals(LogFile.STANDARD_INPUT)) {
      return System.in;
    }
    try {
      return new GrowingFile(Path.of(file.path()));
    } catch (IOException e) {
      throw new UnusableInput(file.path() + ": cannot be read: " + e.getMessage());
    }
  }

  private void news(FileAnalysis.Result news) throws ReportOutput.Failed {
    List<JsonNode> events = shown.apply(EventOrder.sorted(news, List.of(file.path())));
    DeadLetterNote.print(news.deadLetters(), System.err);
    if (!events.isEmpty()) {
      printer.print(events, null);
      out.flush();
      found = true;
    }
    if (!live) {
      live = true;
      Warnings.print(
          (events.isEmpty() ? "nothing found so far; " : "")
              + "the log goes on, what comes is shown; Ctrl-C ends it");
    }
  }
}

package io.oomstream.cli.analyze;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.input.EventOrder;
import io.oomstream.cli.input.FileAnalysis;
import io.oomstream.cli.input.GrowingFile;
import io.oomstream.cli.input.LiveAnalysis;
import io.oomstream.cli.input.LivePipe;
import io.oomstream.cli.input.LogFile;
import io.oomstream.cli.input.UnusableInput;
import io.oomstream.cli.report.EventList;
import io.oomstream.cli.shell.ExitCode;
import io.oomstream.cli.shell.ReportOutput;
import io.oomstream.cli.shell.Warnings;
import io.oomstream.cli.summary.Coverage;
import io.oomstream.cli.summary.DeadLetterNote;
import io.oomstream.cli.summary.InputSummary;
import io.oomstream.config.BadOptionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** A log that may go on: each kill is shown when it is known. One that ends at once is a file. */
public final class LiveRun {

  private final Request request;
  private final LogFile file;
  private final boolean follows;
  private boolean live;
  private boolean found;

  /**
   * A run.
   *
   * @param request with one log
   * @param follows whether the log is known to go on
   */
  public LiveRun(Request request, boolean follows) {
    this.request = request;
    // Without a file of its own it is read from what it is given.
    this.file = new LogFile(request.logs().get(0), System.currentTimeMillis(), null, null);
    this.follows = follows;
  }

  /** Reads to the end of the log, prints what comes and returns the exit code. */
  public int run() throws IOException, BadOptionException, UnusableInput {
    try (ReportOutput out = request.display().open()) {
      ReportPrinter printer = request.printer(out);
      FileAnalysis.Result rest =
          new LiveAnalysis(file, new LivePipe(source(), follows), request.host(), request.config())
              .run(request.wantedBlocks(), news -> show(news, printer, out));
      int code = end(rest, printer);
      out.finish();
      return code;
    }
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

  private void show(FileAnalysis.Result news, ReportPrinter printer, ReportOutput out)
      throws ReportOutput.Failed {
    List<JsonNode> events = request.shown(EventOrder.sorted(news, List.of(file.path())));
    DeadLetterNote.print(news.deadLetters(), System.err);
    if (!events.isEmpty()) {
      printer.print(events, null, List.of());
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

  /** What came out since the last news, and the exit code. */
  private int end(FileAnalysis.Result rest, ReportPrinter printer)
      throws UnusableInput, ReportOutput.Failed {
    InputSummary read = rest.summary();
    if (rest.unreadable() > 0 && !live) {
      throw new UnusableInput(read.warnings().get(read.warnings().size() - 1));
    }
    read.warnings().forEach(Warnings::print);
    request.checkNotEmpty(read);
    List<JsonNode> events = EventOrder.sorted(rest, List.of(file.path()));
    DeadLetterNote.print(rest.deadLetters(), System.err);
    if (!live && Verdict.isUnusable(rest, events)) {
      return ExitCode.UNUSABLE;
    }
    Coverage coverage = new Coverage(read, rest.deadLetters().size(), request.words());
    boolean nothing = EventList.of(events).isEmpty();
    if (!live || !nothing) {
      printer.print(request.shown(events), live ? null : coverage, List.of());
    }
    if (live) {
      Warnings.print(coverage.sentence());
    }
    return Verdict.exitCode(coverage, !read.warnings().isEmpty(), nothing && !found);
  }
}

package io.oomstream.cli.analyze;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.input.EventOrder;
import io.oomstream.cli.input.FileAnalysis;
import io.oomstream.cli.input.LogFile;
import io.oomstream.cli.input.LogFiles;
import io.oomstream.cli.input.Meter;
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
import java.util.List;

/** Logs that have an end, and copies of {@code /proc} files beside them. */
public final class FilesRun {

  private final Request request;

  public FilesRun(Request request) {
    this.request = request;
  }

  /** Reads all, prints the report and returns the exit code. */
  public int run() throws UnusableInput, BadOptionException, IOException {
    LogFiles files =
        LogFiles.of(request.logs(), System.currentTimeMillis(), request.config().envelope());
    files.passedOver().forEach(Warnings::print);
    Request whole = request.with(files.copies());
    if (files.logs().isEmpty() && !whole.copies().isEmpty()) {
      files.refused().forEach(Warnings::print);
      return ProcCopies.report(whole);
    }
    if (files.logs().isEmpty()) {
      throw lastOf(files.refused());
    }
    files.refused().forEach(Warnings::print);
    FileAnalysis.Result result = analyze(files);
    InputSummary read = result.summary();
    if (result.unreadable() == files.logs().size()) {
      throw lastOf(read.warnings());
    }
    read.warnings().forEach(Warnings::print);
    request.checkNotEmpty(read);
    List<JsonNode> events =
        EventOrder.sorted(result, files.logs().stream().map(LogFile::path).toList());
    DeadLetterNote.print(result.deadLetters(), System.err);
    ProcCopies copies = ProcCopies.read(whole, events);
    if (Verdict.isUnusable(result, events) && copies.isEmpty()) {
      return ExitCode.UNUSABLE;
    }
    Coverage coverage = new Coverage(read, result.deadLetters().size(), request.words());
    List<JsonNode> all = copies.signalsBehind(events);
    try (ReportOutput out = request.display().open()) {
      request.printer(out).print(request.shown(all), coverage, copies.moments());
      out.finish();
    }
    boolean partly = !files.refused().isEmpty() || !read.warnings().isEmpty();
    boolean nothing = EventList.of(all).isEmpty() && copies.isEmpty();
    return Verdict.exitCode(coverage, partly, nothing);
  }

  private FileAnalysis.Result analyze(LogFiles files) throws UnusableInput, BadOptionException {
    Meter meter = new Meter();
    try (Progress progress = Progress.of(meter, files.bytes())) {
      return FileAnalysis.run(
          files.logs(), request.host(), request.config(), request.wantedBlocks(), meter);
    }
  }

  /** Why nothing can be read; all reasons but the last are printed. */
  private static UnusableInput lastOf(List<String> reasons) {
    int last = reasons.size() - 1;
    reasons.subList(0, last).forEach(Warnings::print);
    return new UnusableInput(reasons.get(last));
  }
}

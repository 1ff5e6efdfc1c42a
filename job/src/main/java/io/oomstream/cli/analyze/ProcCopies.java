package io.oomstream.cli.analyze;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.input.ProcFiles;
import io.oomstream.cli.shell.ExitCode;
import io.oomstream.cli.shell.ReportOutput;
import io.oomstream.config.BadOptionException;
import io.oomstream.snapshot.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies of {@code /proc} files, alone or beside logs.
 *
 * @param moments in order of time
 * @param signals of these, as events
 */
public record ProcCopies(List<Snapshot> moments, List<JsonNode> signals) {

  private static final String UNNAMED = "this machine";

  /** Prints the report of copies without a log, and returns the exit code. */
  public static int report(Request request) throws BadOptionException, IOException {
    ProcCopies copies = read(request, List.of());
    try (ReportOutput out = request.display().open()) {
      request.printer(out).print(copies.signals(), null, copies.moments());
      out.finish();
    }
    return copies.isEmpty() ? ExitCode.UNUSABLE : ExitCode.OK;
  }

  /**
   * Reads them.
   *
   * @param events of the logs beside them
   */
  static ProcCopies read(Request request, List<JsonNode> events) throws BadOptionException {
    ProcFiles read = ProcFiles.read(request.copies(), hostOf(request, events));
    read.unreadable()
        .forEach(
            path -> System.err.println(path + ": looks like a file of /proc, but can't be read"));
    return new ProcCopies(read.moments(), read.signals(request.config().trendOptions()));
  }

  /** Files that name no host are the log's host's, where it is the only one. */
  private static String hostOf(Request request, List<JsonNode> events) {
    List<String> hosts =
        events.stream()
            .map(event -> event.at("/data/host/name"))
            .filter(JsonNode::isTextual)
            .map(JsonNode::asText)
            .distinct()
            .toList();
    String given = request.host();
    return given != null ? given : hosts.size() == 1 ? hosts.get(0) : UNNAMED;
  }

  boolean isEmpty() {
    return moments.isEmpty();
  }

  List<JsonNode> signalsBehind(List<JsonNode> events) {
    List<JsonNode> all = new ArrayList<>(events);
    all.addAll(signals);
    return all;
  }
}

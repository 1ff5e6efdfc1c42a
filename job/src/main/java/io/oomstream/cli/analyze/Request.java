package io.oomstream.cli.analyze;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.input.FileAnalysis;
import io.oomstream.cli.input.LogFile;
import io.oomstream.cli.input.UnusableInput;
import io.oomstream.cli.shell.ReportOutput;
import io.oomstream.cli.summary.InputSummary;
import io.oomstream.config.JobConfig;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.event.OutgoingEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be analyzed, and how it is to be shown.
 *
 * @param logs paths, each once
 * @param copies of {@code /proc} files
 * @param host the name of hosts that the lines do not name; null to take the file's path
 * @param blocks whether JSON has the block events too
 */
public record Request(
    List<String> logs,
    List<LogFile> copies,
    @Nullable String host,
    JobConfig config,
    DisplayOptions display,
    boolean blocks) {

  /** With copies that lay in archives and directories. */
  Request with(List<LogFile> more) {
    List<LogFile> all = new ArrayList<>(copies);
    all.addAll(more);
    return new Request(logs, all, host, config, display, blocks);
  }

  Messages words() {
    return Messages.in(config.language());
  }

  ReportPrinter printer(ReportOutput out) {
    return new ReportPrinter(display.form(), display.style(), config.language(), out);
  }

  /** The block events that the form needs. */
  FileAnalysis.Blocks wantedBlocks() {
    return switch (display.form()) {
      case text, markdown -> FileAnalysis.Blocks.UNFINISHED;
      case html -> FileAnalysis.Blocks.ALL;
      case json -> blocks ? FileAnalysis.Blocks.ALL : FileAnalysis.Blocks.UNFINISHED;
    };
  }

  /** The events to show: JSON has the block events only if they are asked for. */
  List<JsonNode> shown(List<JsonNode> events) {
    return display.form() != DisplayOptions.Form.json || blocks
        ? events
        : events.stream()
            .filter(e -> !OutgoingEvent.Type.BLOCK.ceType().equals(e.path("type").asText()))
            .toList();
  }

  /** Fails if standard input gave nothing at all. */
  void checkNotEmpty(InputSummary read) throws UnusableInput {
    if (read.records() == 0 && logs.contains(LogFile.STANDARD_INPUT)) {
      throw new UnusableInput(
          "-: standard input is empty; dmesg may need root: sudo dmesg | ./oomstream analyze -");
    }
  }
}

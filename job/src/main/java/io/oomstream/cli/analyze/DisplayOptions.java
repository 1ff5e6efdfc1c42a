package io.oomstream.cli.analyze;

import io.oomstream.cli.shell.Launcher;
import io.oomstream.cli.shell.ReportOutput;
import io.oomstream.cli.shell.Terminal;
import io.oomstream.cli.text.TextStyle;
import io.oomstream.config.BadOptionException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a report looks like and where it goes. */
public final class DisplayOptions {

  /** Forms of a report. */
  public enum Form {
    text,
    json,
    html,
    markdown
  }

  @Option(
      names = "--output",
      paramLabel = "FORM",
      description =
          "text, markdown, html, or json (one CloudEvents object a line). Default: what the name"
              + " behind -o ends with, else text")
  private @Nullable Form form;

  @Option(
      names = {"-o", "--output-file"},
      paramLabel = "FILE",
      description = "Write the report to a file, which is replaced when the report is whole")
  private @Nullable String file;

  @Option(
      names = "--summary",
      description = "text, markdown: one row for each kind of kill, no more")
  private boolean summary;

  @Option(names = "--full", description = "text, markdown: a card for each kill, nothing left out")
  private boolean full;

  @Option(
      names = "--explain",
      description =
          "text: each kill with what its figures mean (mask, order, marks, reserved memory)")
  private boolean explain;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      hidden = true,
      description =
          "text: always, never or auto: on a terminal, unless NO_COLOR is set. Default: auto")
  private Terminal.Colour colour = Terminal.Colour.auto;

  public void check() throws BadOptionException {
    if (summary && full) {
      throw new BadOptionException("--summary and --full exclude each other");
    }
  }

  public Form form() {
    if (form != null) {
      return form;
    }
    String name = file == null ? "" : file.toLowerCase(Locale.ROOT);
    if (name.endsWith(".html") || name.endsWith(".htm")) {
      return Form.html;
    }
    if (name.endsWith(".json") || name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      return Form.json;
    }
    return name.endsWith(".md") ? Form.markdown : Form.text;
  }

  public boolean isToFile() {
    return file != null;
  }

  TextStyle style() {
    Terminal terminal = Terminal.ofProcess();
    boolean toTerminal = file == null;
    int columns = toTerminal ? terminal.columns(TextStyle.WIDTH) : TextStyle.WIDTH;
    boolean colours = toTerminal ? terminal.shows(colour) : colour == Terminal.Colour.always;
    TextStyle.Detail detail =
        summary ? TextStyle.Detail.SUMMARY : full ? TextStyle.Detail.FULL : TextStyle.Detail.CARDS;
    return new TextStyle(columns, colours, detail, explain);
  }

  ReportOutput open() throws ReportOutput.Failed {
    return file == null ? ReportOutput.standard(Launcher.isUsed()) : ReportOutput.file(file);
  }
}

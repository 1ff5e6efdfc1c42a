package io.oomstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.html.HtmlReport;
import io.oomstream.cli.html.PageWords;
import io.oomstream.cli.shell.ReportOutput;
import io.oomstream.cli.summary.Coverage;
import io.oomstream.cli.text.MarkdownReport;
import io.oomstream.cli.text.TextReport;
import io.oomstream.cli.text.TextStyle;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.event.EventJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events in the form that was asked for. */
final class ReportPrinter {

  private final DisplayOptions.Form form;
  private final TextStyle style;
  private final Language language;
  private final ReportOutput out;

  ReportPrinter(DisplayOptions.Form form, TextStyle style, Language language, ReportOutput out) {
    this.form = form;
    this.style = style;
    this.language = language;
    this.out = out;
  }

  /**
   * Prints them.
   *
   * @param coverage what was read; null where that is not known
   */
  void print(List<JsonNode> events, @Nullable Coverage coverage) throws ReportOutput.Failed {
    Messages words = Messages.in(language);
    switch (form) {
      case text -> out.print(TextReport.render(events, words, coverage, style));
      case markdown -> out.print(MarkdownReport.render(events, words, coverage, style));
      case html -> out.print(HtmlReport.render(events, PageWords.in(language), coverage));
      case json -> {
        for (JsonNode event : events) {
          out.print(new String(EventJson.toBytes(event), StandardCharsets.UTF_8) + "\n");
        }
        if (coverage != null) {
          Warnings.print(coverage.sentence());
        }
      }
    }
  }
}

package io.oomstream.cli.analyze;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.html.HtmlReport;
import io.oomstream.cli.html.PageContent;
import io.oomstream.cli.html.PageWords;
import io.oomstream.cli.shell.ReportOutput;
import io.oomstream.cli.shell.Warnings;
import io.oomstream.cli.summary.Coverage;
import io.oomstream.cli.text.MarkdownReport;
import io.oomstream.cli.text.SnapshotReport;
import io.oomstream.cli.text.TextReport;
import io.oomstream.cli.text.TextStyle;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.event.EventJson;
import io.oomstream.snapshot.Snapshot;
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
   * @param moments that copies of {@code /proc} files show, in order of time
   */
  void print(List<JsonNode> events, @Nullable Coverage coverage, List<Snapshot> moments)
      throws ReportOutput.Failed {
    Messages words = Messages.in(language);
    boolean onlyMoments = !moments.isEmpty() && events.isEmpty() && coverage == null;
    switch (form) {
      case text -> {
        out.print(SnapshotReport.text(moments, events, words, style));
        if (!onlyMoments) {
          out.print(TextReport.render(events, words, coverage, style));
        }
      }
      case markdown -> {
        out.print(SnapshotReport.markdown(moments, events, words));
        if (!onlyMoments) {
          out.print(MarkdownReport.render(events, words, coverage, style));
        }
      }
      case html ->
          out.print(
              HtmlReport.render(
                  PageContent.of(events).read(coverage).with(moments), PageWords.in(language)));
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

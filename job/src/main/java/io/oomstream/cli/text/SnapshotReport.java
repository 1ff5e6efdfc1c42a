package io.oomstream.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.report.Columns;
import io.oomstream.cli.report.HostMoments;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.snapshot.Snapshot;
import java.util.List;

/** A report's part on copies of {@code /proc} files; empty where there are none. */
public final class SnapshotReport {

  private SnapshotReport() {}

  /** For a terminal. */
  public static String text(
      List<Snapshot> moments, List<JsonNode> events, Messages words, TextStyle style) {
    StringBuilder out = new StringBuilder();
    for (HostMoments host : HostMoments.of(moments, events, words)) {
      out.append(style.paint().strong(host.headline())).append('\n');
      for (String sentence : host.sentences()) {
        List<String> lines = Columns.wrap(sentence, style.columns() - 4);
        for (int i = 0; i < lines.size(); i++) {
          out.append(i == 0 ? "  " : "    ").append(lines.get(i)).append('\n');
        }
      }
      out.append('\n');
    }
    return out.toString();
  }

  /** For a ticket. */
  public static String markdown(List<Snapshot> moments, List<JsonNode> events, Messages words) {
    StringBuilder out = new StringBuilder();
    for (HostMoments host : HostMoments.of(moments, events, words)) {
      out.append("## ").append(MarkdownReport.escaped(host.headline())).append("\n\n");
      for (String sentence : host.sentences()) {
        out.append("* ").append(MarkdownReport.escaped(sentence)).append('\n');
      }
      out.append('\n');
    }
    return out.toString();
  }
}

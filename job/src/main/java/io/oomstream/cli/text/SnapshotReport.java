package io.oomstream.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.report.Columns;
import io.oomstream.cli.report.PlainText;
import io.oomstream.cli.report.SnapshotStory;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text report's part on copies of {@code /proc} files. */
public final class SnapshotReport {

  private SnapshotReport() {}

  /**
   * The part, empty without moments.
   *
   * @param events of the logs beside them, whose reserved memory is held against the zones'
   */
  public static String render(List<Snapshot> moments, List<JsonNode> events, Messages words) {
    Map<String, List<Snapshot>> byHost = new LinkedHashMap<>();
    moments.forEach(m -> byHost.computeIfAbsent(m.hostKey(), h -> new ArrayList<>()).add(m));
    StringBuilder out = new StringBuilder();
    byHost.forEach(
        (host, own) -> {
          out.append(
              words.text("snapshot.headline", "host", PlainText.of(host), "count", own.size()));
          out.append('\n');
          for (String sentence : SnapshotStory.of(own, reservedOf(host, events), words)) {
            List<String> lines = Columns.wrap(PlainText.of(sentence), TextStyle.WIDTH - 4);
            for (int i = 0; i < lines.size(); i++) {
              out.append(i == 0 ? "  " : "    ").append(lines.get(i)).append('\n');
            }
          }
          out.append('\n');
        });
    return out.toString();
  }

  private static @Nullable Long reservedOf(String host, List<JsonNode> events) {
    Long reserved = null;
    for (JsonNode event : events) {
      JsonNode bytes = event.at("/data/memory/reservedBytes");
      if (event.at("/data/host/name").asText().equals(host) && bytes.isIntegralNumber()) {
        reserved = bytes.longValue();
      }
    }
    return reserved;
  }
}

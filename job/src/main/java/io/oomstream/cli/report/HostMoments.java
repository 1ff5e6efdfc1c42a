package io.oomstream.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What copies of {@code /proc} files say of one host.
 *
 * @param moments in order of time
 */
public record HostMoments(
    String host, List<Snapshot> moments, String headline, List<String> sentences) {

  /**
   * By host.
   *
   * @param events of the logs beside them, whose reserved memory is held against the zones'
   */
  public static List<HostMoments> of(
      List<Snapshot> moments, List<JsonNode> events, Messages words) {
    Map<String, List<Snapshot>> byHost = new LinkedHashMap<>();
    moments.forEach(m -> byHost.computeIfAbsent(m.hostKey(), h -> new ArrayList<>()).add(m));
    List<HostMoments> all = new ArrayList<>();
    byHost.forEach(
        (host, own) ->
            all.add(
                new HostMoments(
                    host,
                    List.copyOf(own),
                    words.text(
                        "snapshot.headline", "host", PlainText.of(host), "count", own.size()),
                    SnapshotStory.of(own, reservedOf(host, events), words).stream()
                        .map(PlainText::of)
                        .toList())));
    return all;
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

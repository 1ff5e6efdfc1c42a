package io.oomstream.cli.input;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.event.EventJson;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.StructuredEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Events in the order of their lines, file by file; of one report the kills first. */
public final class EventOrder {

  private record Placed(
      int file, long line, OutgoingEvent.Type type, long kernelTime, String id, JsonNode event) {}

  private EventOrder() {}

  public static List<JsonNode> sorted(FileAnalysis.Result result, List<String> paths) {
    List<OutgoingEvent> all = new ArrayList<>(result.kills());
    all.addAll(result.signals());
    all.addAll(result.blocks());
    return all.stream()
        .map(event -> place(event, paths))
        .sorted(
            Comparator.comparingInt(Placed::file)
                .thenComparingLong(Placed::line)
                .thenComparing(Placed::type)
                .thenComparingLong(Placed::kernelTime)
                .thenComparing(Placed::id))
        .map(Placed::event)
        .toList();
  }

  private static Placed place(OutgoingEvent event, List<String> paths) {
    JsonNode tree = EventJson.parse(StructuredEvent.toBytes(event));
    JsonNode first = tree.at("/data/block/first");
    return new Placed(
        paths.indexOf(first.path("topic").asText()),
        first.path("offset").asLong(),
        event.type(),
        tree.at("/data/kernelTimeUs").asLong(),
        event.id(),
        tree);
  }
}

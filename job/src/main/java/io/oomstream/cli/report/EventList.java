package io.oomstream.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.event.OutgoingEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of a run by their type.
 *
 * @param kills whole events, as structured CloudEvents
 * @param signals likewise
 * @param unfinished reports of the OOM killer without a kill
 */
public record EventList(
    List<EventNode> kills, List<EventNode> signals, List<EventNode> unfinished) {

  public static EventList of(List<JsonNode> events) {
    List<EventNode> kills = new ArrayList<>();
    List<EventNode> signals = new ArrayList<>();
    List<EventNode> unfinished = new ArrayList<>();
    for (JsonNode event : events) {
      String type = event.path("type").asText();
      if (type.equals(OutgoingEvent.Type.KILL.ceType())) {
        kills.add(new EventNode(event));
      } else if (type.equals(OutgoingEvent.Type.SIGNAL.ceType())) {
        signals.add(new EventNode(event));
      } else if (UnfinishedBlocks.isOne(new EventNode(event))) {
        unfinished.add(new EventNode(event));
      }
    }
    return new EventList(kills, signals, unfinished);
  }

  public boolean isEmpty() {
    return kills.isEmpty() && signals.isEmpty() && unfinished.isEmpty();
  }

  /** {@code 2 kills, 1 signal}. */
  public String counts(Messages words) {
    return count(kills.size(), "kill", words)
        + words.text("list.separator")
        + count(signals.size(), "signal", words);
  }

  private static String count(int count, String noun, Messages words) {
    return words.text("count." + noun + (count == 1 ? "" : "s"), "count", count);
  }
}

package io.oomstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.event.OutgoingEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of a run by their type.
 *
 * @param kills whole events, as structured CloudEvents
 * @param signals likewise
 */
record EventList(List<EventNode> kills, List<EventNode> signals) {

  static final String NOTHING = "No OOM kill and no other sign of memory trouble in these logs.";

  static EventList of(List<JsonNode> events) {
    List<EventNode> kills = new ArrayList<>();
    List<EventNode> signals = new ArrayList<>();
    for (JsonNode event : events) {
      String type = event.path("type").asText();
      if (type.equals(OutgoingEvent.Type.KILL.ceType())) {
        kills.add(new EventNode(event));
      } else if (type.equals(OutgoingEvent.Type.SIGNAL.ceType())) {
        signals.add(new EventNode(event));
      }
    }
    return new EventList(kills, signals);
  }

  boolean isEmpty() {
    return kills.isEmpty() && signals.isEmpty();
  }

  /** {@code 2 kills, 1 signal}. */
  String counts() {
    return count(kills.size(), "kill") + ", " + count(signals.size(), "signal");
  }

  private static String count(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}

package io.oomstream.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.oomstream.event.OutgoingEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One report of the kernel with everybody whom it killed: a control group that dies as a whole is
 * one incident.
 *
 * @param number from 1
 * @param kills events; empty for a failed allocation
 * @param block data of the whole report; missing if only the kills are known
 * @param said what the signals of that report say
 */
public record Incident(int number, List<EventNode> kills, EventNode block, List<String> said) {

  private static final EventNode NONE = new EventNode(MissingNode.getInstance());

  /** The incidents of a run, in the order of their events. Blocks that killed nobody are last. */
  public static List<Incident> of(
      List<EventNode> kills, List<EventNode> signals, List<JsonNode> events) {
    Map<String, List<String>> said = new HashMap<>();
    for (EventNode signal : signals) {
      String id = signal.at("data").at("block").text("id");
      String summary = signal.at("data").text("summary");
      if (id != null && summary != null) {
        said.computeIfAbsent(id, k -> new ArrayList<>()).add(summary);
      }
    }
    Map<String, EventNode> blocks = new LinkedHashMap<>();
    for (JsonNode json : events) {
      EventNode event = new EventNode(json);
      if (OutgoingEvent.Type.BLOCK.ceType().equals(event.text("type"))) {
        EventNode data = event.at("data");
        String id = data.at("block").text("id");
        blocks.put(id == null ? "" : id, data);
      }
    }
    Map<String, List<EventNode>> byBlock = new LinkedHashMap<>();
    for (int i = 0; i < kills.size(); i++) {
      String id = kills.get(i).at("data").at("block").text("id");
      byBlock
          .computeIfAbsent(id == null ? "kill " + i : id, k -> new ArrayList<>())
          .add(kills.get(i));
    }
    List<Incident> incidents = new ArrayList<>();
    byBlock.forEach(
        (id, of) -> {
          EventNode block = blocks.remove(id);
          incidents.add(
              new Incident(
                  incidents.size() + 1,
                  of,
                  block == null ? NONE : block,
                  said.getOrDefault(id, List.of())));
        });
    for (Map.Entry<String, EventNode> entry : blocks.entrySet()) {
      EventNode block = entry.getValue();
      if (block.text("failure") != null || block.at("cause").isPresent()) {
        List<String> signalled = said.getOrDefault(entry.getKey(), List.of());
        incidents.add(new Incident(incidents.size() + 1, List.of(), block, signalled));
      }
    }
    return incidents;
  }

  public String anchor() {
    return "k" + number;
  }

  /** The first kill's data, else the block's. */
  public EventNode data() {
    return kills.isEmpty() ? block : kills.get(0).at("data");
  }

  /** A section, from the whole report if it is there, which has all rows. */
  public EventNode section(String name) {
    EventNode whole = block.at(name);
    return whole.isPresent() ? whole : data().at(name);
  }
}

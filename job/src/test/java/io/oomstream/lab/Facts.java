package io.oomstream.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.event.EventJson;
import io.oomstream.event.KillEvent;
import io.oomstream.event.MemoryBlock;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every figure that the events of a log state, by a path that does not depend on the order of
 * lists: {@code zones[0 Normal].freeBytes}. Where several reports state one, all of them.
 */
final class Facts {

  /** What tells the elements of a list apart. */
  private static final List<List<String>> KEYS =
      List.of(
          List.of("node", "sizeBytes"),
          List.of("node", "name"),
          List.of("cache"),
          List.of("order"),
          List.of("pid"),
          List.of("comm", "count"),
          List.of("node"));

  private final Map<String, Set<String>> figures = new TreeMap<>();

  private Facts() {}

  static Facts of(PlainPipeline.Result result) {
    Facts facts = new Facts();
    for (MemoryBlock block : result.blocks()) {
      ObjectNode json = (ObjectNode) EventJson.toTree(block);
      json.remove(List.of("lines", "block", "cause", "selfChecks", "kernelTimeUs", "kills"));
      facts.add("block", json);
    }
    for (KillEvent kill : result.kills()) {
      ObjectNode json = (ObjectNode) EventJson.toTree(kill);
      json.retain("victim", "reaper");
      facts.add("kill[" + kill.victim().pid() + "]", json);
    }
    return facts;
  }

  Map<String, Set<String>> figures() {
    return figures;
  }

  private void add(String path, JsonNode node) {
    if (node.isNumber() || node.isBoolean()) {
      figures.computeIfAbsent(path, p -> new TreeSet<>()).add(node.asText());
    } else if (node.isObject()) {
      for (Iterator<Map.Entry<String, JsonNode>> i = node.fields(); i.hasNext(); ) {
        Map.Entry<String, JsonNode> field = i.next();
        add(path + "." + field.getKey(), field.getValue());
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        add(path + "[" + key(node.get(i), i) + "]", node.get(i));
      }
    }
  }

  private static String key(JsonNode element, int index) {
    for (List<String> names : KEYS) {
      if (names.stream().allMatch(element::has)) {
        StringBuilder key = new StringBuilder();
        names.stream()
            .filter(name -> !name.equals("count"))
            .forEach(
                name -> key.append(key.isEmpty() ? "" : " ").append(element.get(name).asText()));
        return key.toString();
      }
    }
    return element.has("name") ? element.get("name").asText() : String.valueOf(index);
  }
}

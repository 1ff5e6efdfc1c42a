package io.oomstream.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.event.EventJson;
import io.oomstream.kafka.local.ConsumedRecord;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a consumer of the output topics sees, by host: kills with their cause, those that are alike
 * folded, signals by kind. Records that led to no event are counted at the end.
 */
public final class DemoStory {

  private static final int WIDTH = 96;
  private static final List<String> SEVERITIES = List.of("CRITICAL", "WARNING", "INFO");

  /** What is printed about one host. */
  private static final class Host {
    private final Map<String, List<JsonNode>> kills = new LinkedHashMap<>();
    private final Map<String, List<JsonNode>> signals = new TreeMap<>();
    private final Map<String, String> keys = new HashMap<>();
    private int blocks;
  }

  private final PrintStream out;
  private final boolean blocks;
  private final Map<String, Host> hosts = new TreeMap<>();
  private final Map<String, Integer> deadLetters = new TreeMap<>();
  private int events;

  /**
   * A story.
   *
   * @param blocks whether the events of whole blocks are shown too
   */
  public DemoStory(PrintStream out, boolean blocks) {
    this.out = out;
    this.blocks = blocks;
  }

  /** Takes records in. */
  public void add(List<ConsumedRecord> records) {
    records.forEach(this::add);
  }

  private void add(ConsumedRecord record) {
    String type = record.header("ce_type");
    byte[] value = record.value();
    if (type == null || value == null) {
      deadLetters.merge(String.valueOf(record.header("oomstream-reason")), 1, Integer::sum);
      return;
    }
    JsonNode data = EventJson.parse(value);
    String name = data.at("/host/name").asText("");
    Host host = hosts.computeIfAbsent(name.isEmpty() ? "the fleet" : name, h -> new Host());
    events++;
    if (type.contains(".kill.")) {
      // What one block killed is one thing: a group with memory.oom.group dies as a whole.
      String key = host.keys.computeIfAbsent(data.at("/block/id").asText(), block -> alike(data));
      host.kills.computeIfAbsent(key, k -> new ArrayList<>()).add(data);
    } else if (type.contains(".signal.")) {
      host.signals.computeIfAbsent(data.path("kind").asText(), k -> new ArrayList<>()).add(data);
    } else {
      host.blocks++;
    }
  }

  private static String alike(JsonNode data) {
    return data.at("/cause/primary").asText()
        + " "
        + data.at("/victim/comm").asText().replaceAll("[0-9]+", "#")
        + workload(data);
  }

  /** What the catalogue calls the victim's workload; empty if it does not have it. */
  private static String workload(JsonNode kill) {
    JsonNode workload = kill.path("workload");
    if (!workload.path("namesStatus").asText().equals("KNOWN")) {
      return "";
    }
    JsonNode names = workload.path("kubernetes");
    if (names.isMissingNode()) {
      return ", of " + workload.path("groupKey").asText();
    }
    String pod = names.path("podName").asText();
    JsonNode owner = names.path("owner");
    return ", of "
        + (owner.has("kind") ? owner.path("kind").asText() + " " : "")
        + owner.path("name").asText(pod)
        + " in namespace "
        + names.path("namespace").asText()
        + " (pod "
        + pod
        + (names.has("containerName") ? ", container " + names.path("containerName").asText() : "")
        + ")";
  }

  /** How many events came. */
  public int events() {
    return events;
  }

  /** Tells what has come since the last time, and forgets it. */
  public void tell() {
    hosts.forEach(this::tell);
    if (!deadLetters.isEmpty()) {
      out.println("input without an event (topic kernel.oom.dead-letters): " + deadLetters);
    }
    hosts.clear();
    deadLetters.clear();
  }

  private void tell(String name, Host host) {
    if (host.kills.isEmpty() && host.signals.isEmpty() && !blocks) {
      return;
    }
    out.println(name);
    for (List<JsonNode> kills : host.kills.values()) {
      JsonNode first = kills.get(0);
      String who = comm(first);
      String last = comm(kills.get(kills.size() - 1));
      String head =
          kills.size() == 1
              ? "killed " + who + ", pid " + first.at("/victim/pid").asText("?")
              : kills.size() + " kills: " + who + (who.equals(last) ? "" : " … " + last);
      wrapped(
          "KILL      "
              + head
              + workload(first)
              + ": "
              + first.at("/cause/primary").asText()
              + ". "
              + first.at("/cause/summary").asText());
    }
    for (List<JsonNode> signals : host.signals.values()) {
      JsonNode worst = signals.get(0);
      for (JsonNode signal : signals) {
        boolean more =
            rank(signal) == rank(worst)
                && signal.path("measured").asDouble() > worst.path("measured").asDouble();
        worst = rank(signal) < rank(worst) || more ? signal : worst;
      }
      String severity = worst.path("severity").asText();
      wrapped(
          severity
              + " ".repeat(Math.max(1, 10 - severity.length()))
              + worst.path("kind").asText()
              + ": "
              + worst.path("summary").asText()
              + (signals.size() > 1 ? " (" + signals.size() + " such signals)" : ""));
    }
    if (blocks && host.blocks > 0) {
      out.println("  BLOCKS    " + host.blocks + " whole blocks");
    }
    out.println();
  }

  private static String comm(JsonNode kill) {
    return kill.at("/victim/comm").asText("a process");
  }

  private static int rank(JsonNode signal) {
    int rank = SEVERITIES.indexOf(signal.path("severity").asText());
    return rank < 0 ? SEVERITIES.size() : rank;
  }

  private void wrapped(String text) {
    StringBuilder line = new StringBuilder("  ");
    for (String word : text.split("(?<= )", -1)) {
      if (line.length() + word.stripTrailing().length() > WIDTH) {
        out.println(line.toString().stripTrailing());
        line.setLength(0);
        line.append("            ");
      }
      line.append(word);
    }
    out.println(line.toString().stripTrailing());
  }
}

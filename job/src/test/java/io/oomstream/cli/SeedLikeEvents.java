package io.oomstream.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Events written by hand after the seed's kill. */
public final class SeedLikeEvents {

  private static final ObjectMapper JSON = new ObjectMapper();

  private SeedLikeEvents() {}

  public static List<JsonNode> all() {
    List<JsonNode> events = new ArrayList<>();
    for (String line : resource("seed-like.jsonl").split("\n")) {
      events.add(parse(line));
    }
    return events;
  }

  public static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String resource(String name) {
    try (InputStream in = SeedLikeEvents.class.getResourceAsStream("/report/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every event that is the given one less one of its fields, at any depth. */
  public static List<JsonNode> withOneFieldLess(JsonNode event) {
    List<JsonNode> less = new ArrayList<>();
    remove(event, event, less);
    return less;
  }

  private static void remove(JsonNode root, JsonNode at, List<JsonNode> less) {
    List<String> names = new ArrayList<>();
    at.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      JsonNode child = at.get(name);
      com.fasterxml.jackson.databind.node.ObjectNode object =
          (com.fasterxml.jackson.databind.node.ObjectNode) at;
      object.remove(name);
      less.add(root.deepCopy());
      object.putNull(name);
      less.add(root.deepCopy());
      object.set(name, child);
      remove(root, child, less);
    }
    if (at.isArray()) {
      at.forEach(item -> remove(root, item, less));
    }
  }
}

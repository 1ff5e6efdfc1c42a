package io.oomstream.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The fields that the schemas give to events, by their paths, and the types of each. */
record EventFields(Map<String, Set<String>> types) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DEPTH = 8;

  /** Of the kinds of events, and of what their workload may hold. */
  static EventFields of(String... schemas) throws IOException {
    Map<String, Set<String>> types = new TreeMap<>();
    for (String schema : schemas) {
      String at = schema.equals("workload") ? "workload." : "";
      collect(read(schema), schema, at, types, 0);
    }
    return new EventFields(types);
  }

  /** Whether an event may have it. */
  boolean has(String path) {
    return types.containsKey(path);
  }

  /** JSON's types of it: string, integer, number, boolean, array, object. */
  Set<String> typesOf(String path) {
    return types.getOrDefault(path, Set.of());
  }

  private static JsonNode read(String schema) throws IOException {
    try (InputStream in =
        EventFields.class.getResourceAsStream("/schema/" + schema + "-1.0.json")) {
      return JSON.readTree(in);
    }
  }

  private static void collect(
      JsonNode node, String schema, String path, Map<String, Set<String>> types, int depth)
      throws IOException {
    if (depth > DEPTH) {
      return;
    }
    for (Map.Entry<String, JsonNode> field : node.path("properties").properties()) {
      String name = path + field.getKey();
      Set<String> of = types.computeIfAbsent(name, n -> new TreeSet<>());
      of.addAll(typesOf(field.getValue()));
      collect(field.getValue(), schema, name + ".", types, depth + 1);
      collect(field.getValue().path("items"), schema, name + ".", types, depth + 1);
    }
    String ref = node.path("$ref").asText();
    if (!ref.isEmpty()) {
      String file =
          ref.startsWith("#") ? schema : ref.replaceAll("(?:.*/)?([a-z]+)-1\\.0\\.json.*", "$1");
      JsonNode target = read(file).at(ref.substring(ref.indexOf('#') + 1));
      String parent = path.isEmpty() ? "" : path.substring(0, path.length() - 1);
      types.computeIfAbsent(parent, n -> new TreeSet<>()).addAll(typesOf(target));
      collect(target, file, path, types, depth + 1);
    }
    for (String of : new String[] {"allOf", "anyOf", "oneOf"}) {
      for (JsonNode part : node.path(of)) {
        collect(part, schema, path, types, depth);
      }
    }
  }

  private static Set<String> typesOf(JsonNode node) {
    JsonNode type = node.path("type");
    if (type.isArray()) {
      Set<String> all = new TreeSet<>();
      type.forEach(t -> all.add(t.asText()));
      return all;
    }
    if (type.isTextual()) {
      return Set.of(type.asText());
    }
    if (node.has("enum") || node.has("const")) {
      return Set.of("string");
    }
    return Set.of();
  }

  @Override
  public String toString() {
    return types.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining("\n"));
  }
}

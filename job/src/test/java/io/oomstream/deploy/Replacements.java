package io.oomstream.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** What kustomize writes from one object into others: one value into each field that is named. */
final class Replacements {

  private Replacements() {}

  /**
   * One replacement. No object of the kind is no error, as in kustomize; an object without the
   * field is one.
   */
  static void apply(List<ObjectNode> objects, JsonNode replacement) {
    JsonNode source = replacement.path("source");
    List<ObjectNode> from = objects.stream().filter(o -> selected(o, source)).toList();
    if (from.size() != 1) {
      throw new AssertionError("no source of the replacement: " + source);
    }
    List<String> path = path(source.path("fieldPath").asText());
    JsonNode value = from.get(0);
    for (String step : path) {
      value = value.path(step);
    }
    if (!value.isTextual()) {
      throw new AssertionError("no value: " + source);
    }
    for (JsonNode target : replacement.path("targets")) {
      for (ObjectNode object : objects) {
        if (selected(object, target.path("select"))) {
          for (JsonNode field : target.path("fieldPaths")) {
            set(object, path(field.asText()), value.asText(), target.path("options"));
          }
        }
      }
    }
  }

  private static boolean selected(JsonNode object, JsonNode by) {
    return object.path("kind").equals(by.path("kind"))
        && (!by.has("name") || object.at("/metadata/name").equals(by.path("name")));
  }

  /** Steps between dots; what stands in brackets is one step. */
  private static List<String> path(String text) {
    return Pattern.compile("\\[([^]]+)]|([^.\\[\\]]+)")
        .matcher(text)
        .results()
        .map(m -> m.group(1) == null ? m.group(2) : m.group(1))
        .toList();
  }

  private static void set(JsonNode node, List<String> path, String value, JsonNode options) {
    String step = path.get(0);
    List<String> rest = path.subList(1, path.size());
    List<JsonNode> next = new ArrayList<>();
    if (node instanceof ArrayNode array) {
      if (step.equals("*")) {
        array.forEach(next::add);
      } else if (step.contains("=")) {
        String[] pair = step.split("=", 2);
        StreamSupport.stream(array.spliterator(), false)
            .filter(e -> e.path(pair[0]).asText().equals(pair[1]))
            .forEach(next::add);
      } else if (rest.isEmpty()) {
        int index = Integer.parseInt(step);
        array.set(index, TextNode.valueOf(part(array.path(index), value, options, step)));
        return;
      } else {
        next.add(array.path(Integer.parseInt(step)));
      }
    } else if (rest.isEmpty()) {
      ((ObjectNode) node).put(step, part(node.path(step), value, options, step));
      return;
    } else {
      next.add(node.path(step));
    }
    if (next.isEmpty() || next.stream().anyMatch(JsonNode::isMissingNode)) {
      throw new AssertionError("no field for the replacement: " + String.join(".", path));
    }
    next.forEach(n -> set(n, rest, value, options));
  }

  private static String part(JsonNode old, String value, JsonNode options, String step) {
    if (!old.isTextual()) {
      throw new AssertionError("no field for the replacement: " + step);
    }
    if (!options.has("delimiter")) {
      return value;
    }
    String delimiter = options.path("delimiter").asText();
    String[] parts = old.asText().split(Pattern.quote(delimiter), -1);
    int index = options.path("index").asInt();
    if (parts.length <= index || parts.length < 2) {
      throw new AssertionError("no part " + index + " of " + old);
    }
    parts[index] = value;
    return String.join(delimiter, parts);
  }
}

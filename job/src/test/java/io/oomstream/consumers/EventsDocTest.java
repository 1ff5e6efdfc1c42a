package io.oomstream.consumers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.oomstream.deploy.DocPage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The page of events has every field of every schema, with the schema's own words. */
class EventsDocTest {

  @Test
  void theFieldsAreTheSchemas() throws IOException {
    StringBuilder out = new StringBuilder();
    for (String event : List.of("kill", "signal", "block")) {
      JsonNode schema = schema(event);
      out.append("\n## ").append(schema.path("title").asText()).append("\n\n");
      out.append(schema.path("description").asText()).append("\n\n").append(fields(schema));
      parts(schema, out);
    }
    out.append("\n## Parts of several events\n");
    parts(schema("common"), out);
    DocPage.of("docs/reference/events.md").mustHold("fields", out.toString());
  }

  /** A section for each object or list of words that fields refer to. */
  private static void parts(JsonNode schema, StringBuilder out) {
    for (Map.Entry<String, JsonNode> part : schema.path("$defs").properties()) {
      out.append("\n### ").append(part.getKey()).append("\n\n");
      out.append(part.getValue().path("description").asText()).append('\n');
      if (part.getValue().has("properties")) {
        out.append('\n').append(fields(part.getValue()));
      } else if (part.getValue().has("enum")) {
        out.append("\nOne of: ").append(words(part.getValue())).append(".\n");
      }
    }
  }

  private static String fields(JsonNode object) {
    List<String> required = new ArrayList<>();
    object.path("required").forEach(name -> required.add(name.asText()));
    StringBuilder out = new StringBuilder("| field | type | meaning |\n|---|---|---|\n");
    for (Map.Entry<String, JsonNode> field : object.path("properties").properties()) {
      out.append("| `").append(field.getKey()).append('`');
      out.append(required.contains(field.getKey()) ? " (always)" : "").append(" | ");
      out.append(type(field.getValue())).append(" | ");
      out.append(field.getValue().path("description").asText().replace("|", "\\|"));
      if (field.getValue().has("enum")) {
        out.append(" One of: ").append(words(field.getValue())).append('.');
      }
      out.append(" |\n");
    }
    return out.toString();
  }

  private static String type(JsonNode field) {
    if (field.has("$ref")) {
      String reference = field.path("$ref").asText();
      String part = reference.substring(reference.lastIndexOf('/') + 1);
      return "[" + part + "](#" + part.toLowerCase(Locale.ROOT) + ")";
    }
    if (field.has("const")) {
      return "`" + field.path("const").asText() + "`";
    }
    JsonNode type = field.path("type");
    if (type.asText().equals("array")) {
      return "list of " + type(field.path("items"));
    }
    if (type.isArray()) {
      List<String> types = new ArrayList<>();
      type.forEach(t -> types.add(t.asText()));
      return String.join(" or ", types);
    }
    if (field.has("additionalProperties") && field.path("additionalProperties").isObject()) {
      return "map of " + type(field.path("additionalProperties"));
    }
    return type.isMissingNode() ? "any" : type.asText();
  }

  private static String words(JsonNode field) {
    List<String> words = new ArrayList<>();
    field.path("enum").forEach(word -> words.add("`" + word.asText() + "`"));
    return String.join(", ", words);
  }

  private static JsonNode schema(String name) throws IOException {
    try (InputStream in =
        EventsDocTest.class.getResourceAsStream("/schema/" + name + "-1.0.json")) {
      return new JsonMapper().readTree(Objects.requireNonNull(in, name));
    }
  }
}

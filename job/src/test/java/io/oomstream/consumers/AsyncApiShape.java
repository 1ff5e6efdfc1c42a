package io.oomstream.consumers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.resource.DisallowSchemaLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * As much of AsyncAPI 3.0.0 as the document uses: the fields that each object may and must have,
 * where references lead, and examples that are valid against the schemas beside them. The
 * specification's own schema is on no Maven repository.
 */
final class AsyncApiShape {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaValidatorsConfig FORMATS =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  private final JsonNode document;
  private final Path folder;
  private final List<String> found = new ArrayList<>();

  private AsyncApiShape(JsonNode document, Path folder) {
    this.document = document;
    this.folder = folder;
  }

  /**
   * @param folder where the document lies: references to files begin there
   */
  static List<String> violations(JsonNode document, Path folder) throws IOException {
    AsyncApiShape shape = new AsyncApiShape(document, folder);
    shape.top();
    return shape.found;
  }

  private void top() throws IOException {
    fields(
        "",
        document,
        Set.of("asyncapi", "info"),
        Set.of("id", "servers", "defaultContentType", "channels", "operations", "components"));
    if (!document.path("asyncapi").asText().equals("3.0.0")) {
      found.add("/asyncapi is not 3.0.0");
    }
    fields(
        "/info",
        document.path("info"),
        Set.of("title", "version"),
        Set.of("description", "termsOfService", "contact", "license", "tags", "externalDocs"));
    for (var channel : document.path("channels").properties()) {
      channel("/channels/" + channel.getKey(), channel.getValue());
    }
    for (var operation : document.path("operations").properties()) {
      operation("/operations/" + operation.getKey(), operation.getValue());
    }
    fields(
        "/components",
        document.path("components"),
        Set.of("messages"),
        Set.of("schemas", "channels", "operations", "parameters"));
    for (var message : document.at("/components/messages").properties()) {
      message("/components/messages/" + message.getKey(), message.getValue());
    }
  }

  private void channel(String at, JsonNode channel) {
    fields(
        at,
        channel,
        Set.of("address", "messages"),
        Set.of("title", "summary", "description", "servers", "parameters", "tags", "bindings"));
    for (var message : channel.path("messages").properties()) {
      reference(at + "/messages/" + message.getKey(), message.getValue(), "#/components/messages/");
    }
  }

  private void operation(String at, JsonNode operation) {
    fields(
        at,
        operation,
        Set.of("action", "channel"),
        Set.of("messages", "title", "summary", "description", "tags", "bindings", "reply"));
    if (!Set.of("send", "receive").contains(operation.path("action").asText())) {
      found.add(at + "/action is neither send nor receive");
    }
    reference(at + "/channel", operation.path("channel"), "#/channels/");
    // Not a message of the components: one of the operation's own channel.
    String messages = operation.at("/channel/$ref").asText() + "/messages/";
    for (JsonNode message : operation.path("messages")) {
      reference(at + "/messages", message, messages);
    }
  }

  private void message(String at, JsonNode message) throws IOException {
    fields(
        at,
        message,
        Set.of("payload", "contentType", "name", "title", "bindings"),
        Set.of("headers", "summary", "description", "tags", "examples", "correlationId"));
    fields(at + "/bindings", message.path("bindings"), Set.of("kafka"), Set.of());
    fields(
        at + "/bindings/kafka",
        message.at("/bindings/kafka"),
        Set.of("key"),
        Set.of(
            "schemaIdLocation",
            "schemaIdPayloadEncoding",
            "schemaLookupStrategy",
            "bindingVersion"));
    if (message.has("headers") && !message.at("/headers/type").asText().equals("object")) {
      found.add(at + "/headers: not of an object");
    }
    JsonNode payload = message.path("payload");
    boolean json = message.path("contentType").asText().equals("application/json");
    if (json) {
      fields(at + "/payload", payload, Set.of("schemaFormat", "schema"), Set.of());
      String file = payload.at("/schema/$ref").asText("none");
      if (!Files.isRegularFile(folder.resolve(file))) {
        found.add(at + "/payload leads to nothing: " + file);
        json = false;
      }
    }
    for (JsonNode example : message.path("examples")) {
      fields(at + "/examples", example, Set.of(), Set.of("headers", "payload", "name", "summary"));
      if (example.has("headers")) {
        valid(at + "/examples/headers", inline(message.path("headers")), example.path("headers"));
      }
      if (example.has("payload") && json) {
        Path file = folder.resolve(payload.at("/schema/$ref").asText()).normalize();
        valid(at + "/examples/payload", file(file), example.path("payload"));
      }
    }
    if ((json || message.has("headers")) && message.path("examples").isEmpty()) {
      found.add(at + " has no example");
    }
  }

  /** Headers are told in AsyncAPI's own dialect, a superset of draft 7. */
  private static JsonSchema inline(JsonNode schema) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema, FORMATS);
  }

  /** A file's schema, and those beside it by their $id; nothing is fetched. */
  private static JsonSchema file(Path file) throws IOException {
    Map<String, String> texts = new HashMap<>();
    try (var files = Files.newDirectoryStream(file.getParent(), "*.json")) {
      for (Path beside : files) {
        texts.put(id(beside), Files.readString(beside));
      }
    }
    return JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder ->
                builder.schemaLoaders(
                    loaders -> loaders.schemas(texts).add(DisallowSchemaLoader.getInstance())))
        .getSchema(SchemaLocation.of(id(file)), FORMATS);
  }

  private static String id(Path file) throws IOException {
    return JSON.readTree(file.toFile()).path("$id").asText();
  }

  private void valid(String at, JsonSchema schema, JsonNode example) {
    schema.validate(example).forEach(m -> found.add(at + ": " + m.getMessage()));
  }

  private void reference(String at, JsonNode node, String into) {
    String reference = node.path("$ref").asText();
    if (node.size() != 1 || !reference.startsWith(into)) {
      found.add(at + " is no reference into " + into);
    } else if (!document.at(reference.substring(1)).isObject()) {
      found.add(at + " leads to nothing: " + reference);
    }
  }

  private void fields(String at, JsonNode object, Set<String> must, Set<String> may) {
    must.stream().filter(f -> !object.has(f)).sorted().forEach(f -> found.add(at + " lacks " + f));
    object
        .fieldNames()
        .forEachRemaining(
            f -> {
              if (!must.contains(f) && !may.contains(f) && !f.startsWith("x-")) {
                found.add(at + ": unknown field " + f);
              }
            });
  }

  /** A copy with one value set, for breaking it; null takes the field away. */
  static JsonNode with(JsonNode document, String at, String field, String json) throws IOException {
    JsonNode copy = document.deepCopy();
    ObjectNode object = (ObjectNode) copy.at(at);
    if (json.equals("null")) {
      object.remove(field);
    } else {
      object.set(field, JSON.readTree(json));
    }
    return copy;
  }
}

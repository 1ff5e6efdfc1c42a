package io.oomstream.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Log records of OTLP as JSON, to the objects that their bodies hold. */
final class OtlpBodies {

  private static final String CLUSTER = "k8s.cluster.name";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** A body, and the cluster that its resource names. */
  record Body(JsonNode json, @Nullable String cluster) {}

  private OtlpBodies() {}

  static boolean isOtlp(JsonNode json) {
    return json.path("resourceLogs").isArray();
  }

  static void read(JsonNode json, ObjectMapper mapper, Consumer<Body> out)
      throws BadEntryException {
    for (JsonNode resource : json.path("resourceLogs")) {
      String cluster = null;
      for (JsonNode attribute : resource.path("resource").path("attributes")) {
        if (CLUSTER.equals(attribute.path("key").asText())) {
          cluster = attribute.path("value").path("stringValue").asText(null);
        }
      }
      for (JsonNode scope : resource.path("scopeLogs")) {
        for (JsonNode record : scope.path("logRecords")) {
          out.accept(new Body(body(record.path("body"), mapper), cluster));
        }
      }
    }
  }

  private static JsonNode body(JsonNode value, ObjectMapper mapper) throws BadEntryException {
    JsonNode text = value.path("stringValue");
    if (!text.isTextual()) {
      return plain(value);
    }
    try {
      return mapper.readTree(text.textValue());
    } catch (JsonProcessingException e) {
      throw new BadEntryException("a body is not JSON: " + e.getOriginalMessage());
    }
  }

  /** Jackson bounds how deeply a record is nested, so this ends. */
  private static JsonNode plain(JsonNode value) {
    JsonNode list = value.path("kvlistValue").path("values");
    if (list.isArray()) {
      ObjectNode object = NODES.objectNode();
      list.forEach(e -> object.set(e.path("key").asText(), plain(e.path("value"))));
      return object;
    }
    JsonNode values = value.path("arrayValue").path("values");
    if (values.isArray()) {
      ArrayNode array = NODES.arrayNode();
      values.forEach(e -> array.add(plain(e)));
      return array;
    }
    if (value.has("stringValue")) {
      return value.get("stringValue");
    }
    if (value.has("boolValue")) {
      return value.get("boolValue");
    }
    JsonNode whole = value.path("intValue");
    if (!whole.isMissingNode()) {
      // 64 bits are a text in the JSON of protocol buffers.
      return NODES.numberNode(whole.asLong());
    }
    return value.has("doubleValue") ? whole(value.get("doubleValue")) : NODES.nullNode();
  }

  /** Numbers of a JSON object that a collector read have become floating. */
  private static JsonNode whole(JsonNode number) {
    double d = number.asDouble();
    return d == Math.rint(d) && Math.abs(d) < 1e15 ? NODES.numberNode((long) d) : number;
  }
}

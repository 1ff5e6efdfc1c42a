package io.oomstream.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A JSON value as an attribute's value of OTLP, the way the collector writes it. */
final class Otlp {

  private Otlp() {}

  static ObjectNode value(JsonNode json) {
    ObjectNode value = JsonNodeFactory.instance.objectNode();
    if (json.isObject()) {
      ArrayNode values = value.putObject("kvlistValue").putArray("values");
      json.fields()
          .forEachRemaining(
              f -> values.addObject().put("key", f.getKey()).set("value", value(f.getValue())));
    } else if (json.isArray()) {
      ArrayNode values = value.putObject("arrayValue").putArray("values");
      json.forEach(e -> values.add(value(e)));
    } else if (json.isBoolean()) {
      value.put("boolValue", json.booleanValue());
    } else if (json.isNumber()) {
      value.put("intValue", json.asText());
    } else {
      value.put("stringValue", json.asText());
    }
    return value;
  }
}

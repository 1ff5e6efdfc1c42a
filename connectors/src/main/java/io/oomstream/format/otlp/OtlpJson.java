package io.oomstream.format.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.oomstream.format.line.LineOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * OpenTelemetry's {@code otlp_json}: {@code resourceLogs[].scopeLogs[].logRecords[]}, 64-bit
 * numbers as strings, bytes in base64.
 */
public final class OtlpJson {

  private static final JsonMapper MAPPER = new JsonMapper();

  private final OtlpLine line;
  private final OtlpEntry entry = new OtlpEntry();

  public OtlpJson(OtlpLine line) {
    this.line = line;
  }

  /** Reads the object between the two positions, which the scanner accepted. */
  public void decode(byte[] value, int start, int end, long recordMs, LineOutput out) {
    JsonNode root;
    try {
      // Bytes that are not UTF-8 become replacement characters, so that the record is not lost.
      root = MAPPER.readTree(new String(value, start, end - start, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      out.undecodable("broken JSON: " + e.getOriginalMessage(), start);
      return;
    }
    for (JsonNode resourceLogs : either(root, "resourceLogs", "resource_logs")) {
      entry.resource.clear();
      put(entry.resource, resourceLogs.path("resource").path("attributes"), "");
      for (JsonNode scopeLogs : either(resourceLogs, "scopeLogs", "scope_logs")) {
        for (JsonNode record : either(scopeLogs, "logRecords", "log_records")) {
          read(record);
          line.emit(entry, recordMs, out);
        }
      }
    }
  }

  private void read(JsonNode record) {
    entry.begin();
    put(entry.attributes, record.path("attributes"), "");
    entry.timeNs = either(record, "timeUnixNano", "time_unix_nano").asLong(0);
    entry.observedNs = either(record, "observedTimeUnixNano", "observed_time_unix_nano").asLong(0);
    JsonNode body = record.path("body");
    JsonNode map = either(body, "kvlistValue", "kvlist_value");
    if (map.isObject()) {
      put(entry.attributes, map.path("values"), "");
    } else {
      byte[] text = text(body);
      entry.body.set(text, 0, text.length);
    }
  }

  private static void put(OtlpValues into, JsonNode keyValues, String prefix) {
    for (JsonNode keyValue : keyValues) {
      String name = prefix + keyValue.path("key").asText("");
      JsonNode value = keyValue.path("value");
      JsonNode map = either(value, "kvlistValue", "kvlist_value");
      if (map.isObject() && prefix.length() < OtlpProto.LONGEST_PREFIX) {
        put(into, map.path("values"), name + ".");
      } else {
        OtlpName known = OtlpName.of(name);
        byte[] text = known == null ? OtlpEntry.NO_BODY : text(value);
        if (known != null) {
          into.put(known, text, 0, text.length);
        }
      }
    }
  }

  private static byte[] text(JsonNode value) {
    JsonNode bytes = either(value, "bytesValue", "bytes_value");
    if (bytes.isTextual()) {
      try {
        return bytes.binaryValue();
      } catch (IOException e) {
        return OtlpEntry.NO_BODY;
      }
    }
    JsonNode array = either(value, "arrayValue", "array_value").path("values");
    if (array.isArray()) {
      byte[] content = new byte[array.size()];
      for (int i = 0; i < content.length; i++) {
        content[i] = (byte) either(array.path(i), "intValue", "int_value").asInt(0);
      }
      return content;
    }
    JsonNode text = either(value, "stringValue", "string_value");
    JsonNode scalar = text.isMissingNode() ? either(value, "intValue", "int_value") : text;
    return scalar.asText("").getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode either(JsonNode node, String camel, String snake) {
    JsonNode value = node.path(camel);
    return value.isMissingNode() ? node.path(snake) : value;
  }
}

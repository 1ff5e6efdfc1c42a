package io.oomstream.consumers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.config.OomOptions;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** The topics as an AsyncAPI 3.0 document, made from the options' defaults and the schemas. */
final class AsyncApi {

  /** From deploy/consumers, where the document lies. */
  private static final String SCHEMAS = "../../connectors/src/main/resources";

  /** The option has no default: without the topic there are no rules. This is its example. */
  static final String RULES = "kernel.oom.rules";

  /** Likewise: without the topic there are no names. */
  static final String WORKLOADS = "kernel.workloads";

  private static final List<String> DEAD_LETTER_HEADERS =
      List.of(
          "oomstream-reason",
          "oomstream-detail",
          "oomstream-topic",
          "oomstream-partition",
          "oomstream-offset",
          "oomstream-timestamp",
          "oomstream-envelope",
          "oomstream-host");

  private static final Map<OutgoingEvent.Type, String> TOPICS =
      Map.of(
          OutgoingEvent.Type.KILL, OomOptions.KILLS_TOPIC.defaultValue(),
          OutgoingEvent.Type.SIGNAL, OomOptions.SIGNALS_TOPIC.defaultValue(),
          OutgoingEvent.Type.BLOCK, OomOptions.BLOCKS_TOPIC.defaultValue());

  private final ObjectNode document = JsonNodeFactory.instance.objectNode();
  private final ObjectNode channels;
  private final ObjectNode operations;
  private final ObjectNode messages;

  private AsyncApi() {
    document.put("asyncapi", "3.0.0");
    document
        .putObject("info")
        .put("title", "oomstream")
        .put("version", "1.0")
        .put(
            "description",
            "Kernel logs in, explained OOM kills and memory anomalies out. Delivery is at least"
                + " once by default: the same ce_id is the same event.");
    document.put("defaultContentType", "application/json");
    channels = document.putObject("channels");
    operations = document.putObject("operations");
    messages = document.putObject("components").putObject("messages");
  }

  static ObjectNode document() throws IOException {
    AsyncApi api = new AsyncApi();
    api.logs();
    api.json(
        "snapshot",
        OomOptions.SNAPSHOT_TOPICS.defaultValue().get(0),
        "The host's name, recommended.",
        """
        {"host": "db1", "time": "2026-11-25T00:00:00Z", "pageSize": 4096,
         "files": {"meminfo": "MemTotal:       16384000 kB\\nMemFree:          512000 kB\\n"}}
        """);
    api.json(
        "rule",
        RULES,
        "The rule's id; a tombstone removes the rule.",
        """
        {"schemaVersion": "1.0", "version": 1, "effectiveFrom": "2026-11-25T00:00:00Z",
         "match": {"hosts": ["web-*"], "kinds": ["OOM_STORM"]}, "mute": true, "comment": "load test"}
        """);
    api.json(
        "workload",
        WORKLOADS,
        "The container's id, or pod/ and the pod's uid; a tombstone removes the workload.",
        """
        {"schemaVersion": "1.0", "source": "links", "startedAt": "2026-11-25T00:00:00Z", "cluster": "prod", "node": "node-1",
         "container": {"id": "9338c8be733c89d753e9dcb886e469803da8e99e1e048d5da1b6a7ac9a346aad",
           "name": "web", "restartCount": 2},
         "kubernetes": {"namespace": "shop", "podName": "web-7c5d8f6b9d-x2x4z",
           "podUid": "0b8f5d3e-94ad-4a6d-9f6b-2f2f8e4d7a10"}}
        """);
    for (OutgoingEvent.Type type : OutgoingEvent.Type.values()) {
      api.event(type);
    }
    api.deadLetters();
    return api.document;
  }

  private void logs() {
    String name = "log";
    ObjectNode message = message(name, "Kernel log record");
    message.put(
        "summary", "One record of any shipper, in any envelope of docs/ingest/envelopes.md.");
    message.put("contentType", "application/octet-stream");
    message.putObject("payload");
    kafkaKey(message, "The host's name, recommended.");
    channel(name, OomOptions.INPUT_TOPICS.defaultValue().get(0), "receive");
  }

  /** What people and their tools write. */
  private void json(String name, String topic, String key, String example) throws IOException {
    String resource = "/schema/" + name + "-1.0.json";
    JsonNode schema = schema(resource);
    ObjectNode message = message(name, schema.path("title").asText());
    message.put("summary", schema.path("description").asText());
    message.put("contentType", "application/json");
    payload(message, resource);
    message.putArray("examples").addObject().set("payload", new ObjectMapper().readTree(example));
    kafkaKey(message, key);
    channel(name, topic, "receive");
  }

  private static void payload(ObjectNode message, String resource) {
    message
        .putObject("payload")
        .put("schemaFormat", "application/schema+json;version=draft-2020-12")
        .putObject("schema")
        .put("$ref", SCHEMAS + resource);
  }

  private void event(OutgoingEvent.Type type) throws IOException {
    String name = type.name().toLowerCase(java.util.Locale.ROOT);
    JsonNode schema = schema(type.schemaResource());
    ObjectNode message = message(name, schema.path("title").asText());
    message.put("summary", schema.path("description").asText());
    message.put("contentType", "application/json");
    ObjectNode headers = message.putObject("headers");
    headers.put("type", "object");
    ObjectNode properties = headers.putObject("properties");
    properties.putObject("ce_specversion").put("const", "1.0");
    properties
        .putObject("ce_id")
        .put("type", "string")
        .put("description", "The same log lines give the same id: drop repeats by it.");
    properties.putObject("ce_type").put("const", type.ceType());
    properties.putObject("ce_source").put("type", "string");
    properties.putObject("ce_subject").put("type", "string");
    properties.putObject("ce_time").put("type", "string").put("format", "date-time");
    properties.putObject("ce_dataschema").put("const", type.dataSchema());
    headers.putArray("required").add("ce_specversion").add("ce_id").add("ce_type").add("ce_source");
    payload(message, type.schemaResource());
    message
        .putArray("examples")
        .addObject()
        .putObject("headers")
        .put("ce_specversion", "1.0")
        .put("ce_id", "d05c9b43b4696b8ecb69ff9a8aed78c4")
        .put("ce_type", type.ceType())
        .put("ce_source", "/oomstream/hosts/db1")
        .put("ce_time", "2026-11-25T00:00:00Z")
        .put("ce_dataschema", type.dataSchema());
    kafkaKey(message, "The host's name.");
    channel(name, TOPICS.get(type), "send");
  }

  private void deadLetters() {
    ObjectNode message = message("deadLetter", "Dead letter");
    message.put(
        "summary",
        "What led to no event: a record that cannot be read byte for byte, of a line that was read"
            + " its text.");
    message.put("contentType", "application/octet-stream");
    ObjectNode headers = message.putObject("headers");
    headers.put("type", "object");
    ObjectNode properties = headers.putObject("properties");
    DEAD_LETTER_HEADERS.forEach(h -> properties.putObject(h).put("type", "string"));
    headers.putArray("required").add("oomstream-reason").add("oomstream-topic");
    message
        .putArray("examples")
        .addObject()
        .putObject("headers")
        .put("oomstream-reason", DeadLetter.Reason.LINE_TOO_LONG.name())
        .put("oomstream-topic", OomOptions.INPUT_TOPICS.defaultValue().get(0))
        .put("oomstream-partition", "3")
        .put("oomstream-offset", "4711");
    message.putObject("payload");
    kafkaKey(message, "The record's own key.");
    channel("deadLetter", OomOptions.DEAD_LETTERS_TOPIC.defaultValue(), "send");
  }

  private ObjectNode message(String name, String title) {
    return messages.putObject(name).put("name", name).put("title", title);
  }

  private static void kafkaKey(ObjectNode message, String description) {
    message
        .putObject("bindings")
        .putObject("kafka")
        .putObject("key")
        .put("type", "string")
        .put("description", description);
  }

  private void channel(String name, String topic, String action) {
    ObjectNode channel = channels.putObject(name);
    channel.put("address", topic);
    channel.putObject("messages").putObject(name).put("$ref", "#/components/messages/" + name);
    ObjectNode operation = operations.putObject(action + "-" + name);
    operation.put("action", action);
    operation.putObject("channel").put("$ref", "#/channels/" + name);
    operation
        .putArray("messages")
        .addObject()
        .put("$ref", "#/channels/" + name + "/messages/" + name);
  }

  private static JsonNode schema(String resource) throws IOException {
    try (InputStream in = AsyncApi.class.getResourceAsStream(resource)) {
      return new ObjectMapper().readTree(in);
    }
  }
}

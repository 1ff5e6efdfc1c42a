package io.oomstream.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a shipper's own file must say: kernel lines only, to the topic that the job reads, keyed by
 * a field in which its record holds the host, acknowledged by all replicas, its cursor on the node.
 */
final class ShipperRules {

  private static final String TOPIC = "kernel.logs";
  private static final String CURSOR = "/var/lib/oomstream";
  private static final Pattern FIELD = Pattern.compile("%\\{\\[(.*)]}");

  private final List<String> found = new ArrayList<>();
  private final JsonNode record;
  private final String host;

  private ShipperRules(JsonNode record, String host) {
    this.record = record;
    this.host = host;
  }

  /**
   * @param config the text of the shipper's file
   * @param record what it writes, of a host of that name
   */
  static List<String> violations(String shipper, String config, JsonNode record, String host) {
    ShipperRules rules = new ShipperRules(record, host);
    try {
      switch (shipper) {
        case "fluent-bit" -> rules.fluentBit(Manifests.YAML.readTree(config));
        case "vector" -> rules.vector(Manifests.YAML.readTree(config));
        case "filebeat" -> rules.filebeat(Manifests.YAML.readTree(config));
        case "otel-collector" -> rules.collector(Manifests.YAML.readTree(config));
        case "alloy" -> rules.alloy(config);
        default -> throw new AssertionError("no rules for " + shipper);
      }
    } catch (JsonProcessingException e) {
      rules.found.add("not YAML: " + e.getOriginalMessage());
    }
    return rules.found;
  }

  private void fluentBit(JsonNode config) {
    JsonNode input = config.at("/pipeline/inputs/0");
    JsonNode output = config.at("/pipeline/outputs/0");
    is("systemd_filter", input.path("systemd_filter"), "_TRANSPORT=kernel");
    cursor(input.path("db"));
    is("match", output.path("match"), input.path("tag").asText());
    is("topics", output.path("topics"), TOPIC);
    is("format", output.path("format"), "json");
    is("rdkafka.acks", output.path("rdkafka.acks"), "all");
    key(record.path(output.path("message_key_field").asText()));
  }

  private void vector(JsonNode config) {
    JsonNode sink = config.at("/sinks/kafka");
    JsonNode source = config.at("/sources/" + sink.at("/inputs/0").asText());
    is("_TRANSPORT", source.at("/include_matches/_TRANSPORT/0"), "kernel");
    cursor(config.path("data_dir"));
    is("topic", sink.path("topic"), TOPIC);
    is("codec", sink.at("/encoding/codec"), "json");
    is("acks", sink.at("/librdkafka_options/acks"), "all");
    key(record.path(sink.path("key_field").asText()));
  }

  private void filebeat(JsonNode config) {
    JsonNode input = config.path("filebeat.inputs").path(0);
    JsonNode output = config.path("output.kafka");
    is("include_matches", input.at("/include_matches.match/0"), "_TRANSPORT=kernel");
    is("type", input.path("type"), "journald");
    if (input.path("id").asText().isEmpty()) {
      found.add("id: without it a changed file begins anew");
    }
    cursor(config.path("path.data"));
    is("topic", output.path("topic"), TOPIC);
    is("required_acks", output.path("required_acks"), "-1");
    Matcher field = FIELD.matcher(output.path("key").asText());
    key(record.at(field.matches() ? "/" + field.group(1).replace('.', '/') : "/no-key"));
  }

  private void collector(JsonNode config) {
    JsonNode input = config.at("/receivers/journald");
    JsonNode exporter = config.at("/exporters/kafka");
    is("matches", input.at("/matches/0/_TRANSPORT"), "kernel");
    is("priority", input.path("priority"), "debug");
    is("all", input.path("all"), "true");
    is("storage", input.path("storage"), config.at("/service/extensions/0").asText("none"));
    cursor(config.at("/extensions/" + input.path("storage").asText() + "/directory"));
    is("receivers", config.at("/service/pipelines/logs/receivers/0"), "journald");
    is("exporters", config.at("/service/pipelines/logs/exporters/0"), "kafka");
    otlp(
        exporter.at("/logs/topic").asText(),
        exporter.at("/logs/encoding").asText(),
        exporter.path("partition_logs_by_resource_attributes").asText(),
        exporter.at("/producer/required_acks").asText());
    JsonNode copy = input.at("/operators/0");
    is("operator", copy.path("type"), "copy");
    if (!copy.path("to").asText().startsWith("resource[")) {
      found.add("key: nothing of the host in the resource");
    }
    String from = copy.path("from").asText().replaceFirst("^body\\.", "");
    JsonNode value = record.path("no-key");
    for (JsonNode field : firstRecord().at("/body/kvlistValue/values")) {
      value = field.path("key").asText().equals(from) ? field.at("/value/stringValue") : value;
    }
    key(value);
  }

  private void alloy(String config) throws JsonProcessingException {
    if (!config.contains("loki.source.journal") || !config.contains("otelcol.exporter.kafka")) {
      found.add("no way from the journal to Kafka");
    }
    if (!argument(config, "matches").equals("\"_TRANSPORT=kernel\"")) {
      found.add("matches is not the kernel");
    }
    if (!argument(config, "format_as_json").equals("true")) {
      found.add("format_as_json: the line alone, without its fields");
    }
    otlp(
        argument(config, "topic").replace("\"", ""),
        argument(config, "encoding").replace("\"", ""),
        argument(config, "partition_logs_by_resource_attributes"),
        argument(config, "required_acks"));
    for (Matcher wire =
            Pattern.compile("\\b(\\w+(?:\\.\\w+)+)\\.(?:input|receiver|rules)\\b").matcher(config);
        wire.find(); ) {
      String[] name = wire.group(1).split("\\.(?=[^.]*$)", -1);
      if (!config.contains(name[0] + " \"" + name[1] + "\" {")) {
        found.add("leads to nothing: " + wire.group(1));
      }
    }
    if (!argument(config, "keys").equals("[" + argument(config, "target_label") + "]")) {
      found.add("key: nothing of the host in the resource");
    }
    String field =
        argument(config, "source_labels")
            .replaceAll("[\\[\"\\]]", "")
            .replaceFirst("^__journal_", "");
    JsonNode line = Manifests.YAML.readTree(firstRecord().at("/body/stringValue").asText());
    key(line.path(field.toUpperCase(Locale.ROOT)));
  }

  private void otlp(String topic, String encoding, String partition, String acks) {
    if (!topic.equals(TOPIC)) {
      found.add("topic is not " + TOPIC);
    }
    if (!encoding.matches("otlp_(proto|json)")) {
      found.add("encoding is none that the job reads");
    }
    if (!partition.equals("true")) {
      found.add("key: none, partition_logs_by_resource_attributes is not set");
    }
    if (!acks.equals("-1")) {
      found.add("required_acks is not -1");
    }
  }

  private JsonNode firstRecord() {
    return record.at("/resourceLogs/0/scopeLogs/0/logRecords/0");
  }

  /** The value of an argument that the file sets once; empty if it does not. */
  private static String argument(String config, String name) {
    Matcher set = Pattern.compile("(?m)^ *" + name + " *= (.*)$").matcher(config);
    return set.find() ? set.group(1) : "";
  }

  private void is(String what, JsonNode value, String wanted) {
    if (!value.asText().equals(wanted)) {
      found.add(what + " is not " + wanted);
    }
  }

  private void cursor(JsonNode path) {
    if (!path.asText().startsWith(CURSOR)) {
      found.add("the cursor is not on the node");
    }
  }

  private void key(JsonNode value) {
    if (!value.asText().equals(host)) {
      found.add("key: not the host's name");
    }
  }
}

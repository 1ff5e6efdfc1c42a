package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.format.EnvelopeDecoder;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.KernelLine;
import io.oomstream.format.line.RawRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The shippers' own files: kernel only, keyed by host; and what such records decode to. */
class ShippersTest {

  private static final Path SHIPPERS = Manifests.DEPLOY.resolve("shippers");

  private static final String JOURNAL =
      "\"_TRANSPORT\":\"kernel\",\"SYSLOG_FACILITY\":\"0\",\"PRIORITY\":\"4\","
          + "\"_BOOT_ID\":\"0f\",\"_SOURCE_MONOTONIC_TIMESTAMP\":\"81428990\",";

  @Test
  void fluentBitKeysByHost() throws Exception {
    JsonNode config = Manifests.read(SHIPPERS.resolve("fluent-bit/fluent-bit.yaml")).get(0);
    JsonNode output = config.at("/pipeline/outputs/0");
    assertThat(config.at("/pipeline/inputs/0/systemd_filter").asText())
        .isEqualTo("_TRANSPORT=kernel");
    assertThat(output.path("topics").asText()).isEqualTo("kernel.logs");
    ObjectNode record =
        (ObjectNode)
            Manifests.YAML.readTree(
                "{" + JOURNAL + "\"_HOSTNAME\":\"db1\",\"MESSAGE\":\"Mem-Info:\"}");
    record.put(output.path("timestamp_key").asText(), "2026-11-23T18:04:05.123456789Z");
    assertThat(record.path(output.path("message_key_field").asText()).asText()).isEqualTo("db1");
    assertKernelLine(record.toString(), "0f");
  }

  @Test
  void vectorKeysByHost() throws Exception {
    JsonNode config = Manifests.read(SHIPPERS.resolve("vector/vector.yaml")).get(0);
    JsonNode sink = config.at("/sinks/kafka");
    assertThat(config.at("/sources/kernel/include_matches/_TRANSPORT/0").asText())
        .isEqualTo("kernel");
    assertThat(sink.path("topic").asText()).isEqualTo("kernel.logs");
    assertThat(config.path("sources").has(sink.at("/inputs/0").asText())).isTrue();
    JsonNode record =
        Manifests.YAML.readTree(
            "{\"host\":\"db1\",\"message\":\"Mem-Info:\",\"timestamp\":\"2026-11-23T18:04:05.123456Z\","
                + JOURNAL
                + "\"source_type\":\"journald\"}");
    assertThat(record.path(sink.path("key_field").asText()).asText()).isEqualTo("db1");
    assertKernelLine(record.toString(), "0f");
  }

  @Test
  void rsyslogKeysByHostAndTakesWhatTheHostsInputsGive() throws Exception {
    String config = Files.readString(SHIPPERS.resolve("rsyslog/60-oomstream.conf"));
    assertThat(config)
        .contains("dynaKey=\"on\" key=\"oomstream-key\"", "\"enable.idempotence=true\"")
        .doesNotContain("module(load=\"im")
        .contains("template(name=\"oomstream-key\" type=\"string\" string=\"%hostname%\")");
    assertThat(config).contains("template=\"RSYSLOG_SyslogProtocol23Format\"");
    // That format as rsyslog defines it, with priority 4: facility 0, a warning.
    String record =
        "<4>1 2026-11-23T18:04:05.123456+00:00 db1 kernel - - - [   81.428990] Mem-Info:\n";
    assertKernelLine(record, null);
  }

  @Test
  void syslogNgReadsTheKernelsDeviceAndKeysByHost() throws Exception {
    assertThat(Files.readString(SHIPPERS.resolve("syslog-ng/oomstream.conf")))
        .contains("file(\"/dev/kmsg\"", "format(\"linux-kmsg\")", "facility(kern)")
        .contains("topic(\"kernel.logs\")", "key(\"${HOST}\")", "acks(\"all\")")
        .contains(
            "$(format-json --scope rfc5424 --scope dot-nv-pairs --exclude DATE --key ISODATE)")
        .contains("persist-name(", "frac-digits(6)");
    KernelLine line = decode(record("SYSLOG_NG_JSON/kmsg.json"));
    assertThat(line.host()).isEqualTo("db1");
    assertThat(line.kernelTimeUs()).isEqualTo(81_429_116L);
    assertThat(line.sequence()).isEqualTo(1337L);
    assertThat(line.facility()).isZero();
  }

  @Test
  void logstashPassesTheKernelsFacilityAndKeysByHost() throws Exception {
    assertThat(Files.readString(SHIPPERS.resolve("logstash/oomstream.conf")))
        .contains("ecs_compatibility => \"v8\"", "[log][syslog][facility][code] != 0", "drop {}")
        .contains("topic_id => \"kernel.logs\"", "message_key => \"%{[host][hostname]}\"")
        .contains("codec => json", "acks => \"all\"");
    JsonNode record = Manifests.YAML.readTree(record("LOGSTASH/ecs.json"));
    assertThat(record.at("/host/hostname").asText()).isEqualTo("db1");
    assertThat(record.at("/log/syslog/facility/code").asInt(-1)).isZero();
    KernelLine line = decode(record("LOGSTASH/ecs.json"));
    assertThat(line.host()).isEqualTo("db1");
    assertThat(line.kernelTimeUs()).isEqualTo(81_429_116L);
    assertThat(line.facility()).isZero();
  }

  /** Folder, its file, the record of the connectors' fixtures that it writes. */
  enum Shipper {
    FLUENT_BIT("fluent-bit", "fluent-bit.yaml", "FLUENT_BIT_SYSTEMD/record.json"),
    VECTOR("vector", "vector.yaml", "VECTOR/journald.json"),
    FILEBEAT("filebeat", "filebeat.yaml", "FILEBEAT/journald.json"),
    OTEL_COLLECTOR("otel-collector", "otel-collector.yaml", "OTLP_JSON/journald-receiver.json"),
    ALLOY("alloy", "config.alloy", "OTLP_JSON/alloy-journal.json");

    private final String folder;
    private final String file;
    private final String fixture;

    Shipper(String folder, String file, String fixture) {
      this.folder = folder;
      this.file = file;
      this.fixture = fixture;
    }

    List<String> violations(UnaryOperator<String> change) throws IOException {
      String config = Files.readString(SHIPPERS.resolve(folder).resolve(file));
      String changed = change.apply(config);
      JsonNode record = Manifests.YAML.readTree(record(fixture));
      return ShipperRules.violations(folder, changed, record, "db1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatItMust(Shipper shipper) throws Exception {
    assertThat(shipper.violations(config -> config)).isEmpty();
  }

  /** In an outage of Kafka the defaults give records up after minutes, or hold them in memory. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FLUENT_BIT|storage.type: filesystem",
        "FLUENT_BIT|rdkafka.message.timeout.ms: 0",
        "FLUENT_BIT|rdkafka.queue.buffering.max.kbytes: 65536",
        "FLUENT_BIT|retry_limit: no_limits",
        "VECTOR|message_timeout_ms: 0",
        "VECTOR|type: disk",
        "VECTOR|when_full: block",
        "VECTOR|queue.buffering.max.kbytes: \"65536\"",
        "OTEL_COLLECTOR|storage: file_storage",
        "OTEL_COLLECTOR|block_on_overflow: true",
        "OTEL_COLLECTOR|max_elapsed_time: 0",
        "OTEL_COLLECTOR|num_consumers: 1",
        "ALLOY|max_elapsed_time = \"0s\"",
        "ALLOY|block_on_overflow = true",
        "ALLOY|num_consumers     = 1",
      })
  void givesNoRecordUp(Shipper shipper, String setting) throws Exception {
    assertThat(Files.readString(SHIPPERS.resolve(shipper.folder).resolve(shipper.file)))
        .contains("  " + setting + "\n");
  }

  /** What the page's table says of a shipper is what the decoder finds in its record. */
  @ParameterizedTest
  @EnumSource
  void carriesWhatTheTableSays(Shipper shipper) throws Exception {
    String row =
        Files.readString(DocPage.ROOT.resolve("docs/ingest/README.md"))
            .lines()
            .filter(l -> l.startsWith("| [`" + shipper.folder + "`]"))
            .findFirst()
            .orElseThrow();
    List<Boolean> told = new ArrayList<>();
    for (String cell : row.split("\\|", -1)) {
      told.add(!cell.strip().equals("–"));
    }
    KernelLine line = decode(record(shipper.fixture));

    assertThat(line.host()).isEqualTo("db1");
    assertThat(List.of(line.bootId() != null, line.kernelTimeUs() != null, line.sequence() != null))
        .as("boot, kernel time, sequence")
        .isEqualTo(told.subList(3, 6));
    assertThat(line.facility() != null).as("facility").isEqualTo(told.get(6));
  }

  @Test
  void theCollectorsEncodingIsReadAsItsJsonIs() throws Exception {
    assertThat(decode(record("OTLP_PROTO/journald-receiver.bin")).text())
        .isEqualTo(decode(record("OTLP_JSON/journald-receiver.json")).text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FLUENT_BIT|_TRANSPORT=kernel|_TRANSPORT=stdout|systemd_filter is not",
        "FLUENT_BIT|message_key_field: _HOSTNAME|message_key_field: host|key: not the host's name",
        "FLUENT_BIT|topics: kernel.logs|topics: logs|topics is not",
        "FLUENT_BIT|rdkafka.acks: all|rdkafka.acks: 1|acks is not",
        "FLUENT_BIT|match: kernel|match: kernels|match is not",
        "FLUENT_BIT|format: json|format: gelf|format is not",
        "FLUENT_BIT|/var/lib/oomstream/|/tmp/|cursor",
        "VECTOR|_TRANSPORT: [kernel]|_TRANSPORT: [syslog]|_TRANSPORT is not",
        "VECTOR|key_field: host|key_field: hostname|key: not the host's name",
        "VECTOR|inputs: [kernel]|inputs: [kernels]|_TRANSPORT is not",
        "VECTOR|codec: json|codec: text|codec is not",
        "VECTOR|acks: all|acks: 1|acks is not",
        "VECTOR|topic: kernel.logs|topic: logs|topic is not",
        "VECTOR|data_dir: /var/lib/oomstream|data_dir: /tmp|cursor",
        "FILEBEAT|_TRANSPORT=kernel|_TRANSPORT=journal|include_matches is not",
        "FILEBEAT|host.hostname|host.ip|key: not the host's name",
        "FILEBEAT|  key:|  keys:|key: not the host's name",
        "FILEBEAT|required_acks: -1|required_acks: 1|required_acks is not",
        "FILEBEAT|    id: kernel|    ids: kernel|id: without it",
        "FILEBEAT|path.data:|path.home:|cursor",
        "OTEL_COLLECTOR|_TRANSPORT: kernel|_TRANSPORT: audit|matches is not",
        "OTEL_COLLECTOR|partition_logs_by_resource_attributes: true|partition_logs_by_trace_id: true|key: none",
        "OTEL_COLLECTOR|from: body._HOSTNAME|from: body.host|key: not the host's name",
        "OTEL_COLLECTOR|to: resource|to: attributes|key: nothing of the host",
        "OTEL_COLLECTOR|otlp_proto|raw|encoding is none",
        "OTEL_COLLECTOR|storage: file_storage|storage: none|storage is not",
        "OTEL_COLLECTOR|priority: debug|priority: info|priority is not",
        "OTEL_COLLECTOR|receivers: [journald]|receivers: [filelog]|receivers is not",
        "ALLOY|_TRANSPORT=kernel|_TRANSPORT=stdout|matches is not",
        "ALLOY|format_as_json = true|format_as_json = false|format_as_json",
        "ALLOY|__journal__hostname|__journal_hostname|key: not the host's name",
        "ALLOY|keys = [\"hostname\"]|keys = [\"host\"]|key: nothing of the host",
        "ALLOY|partition_logs_by_resource_attributes = true|partition_logs_by_resource_attributes = false|key: none",
        "ALLOY|otelcol.exporter.kafka.kernel.input|otelcol.exporter.kafka.logs.input|leads to nothing",
        "ALLOY|topic    = \"kernel.logs\"|topic    = \"logs\"|topic is not",
        "ALLOY|required_acks = -1|required_acks = 1|required_acks is not",
      })
  void aBreakageIsFound(Shipper shipper, String text, String broken, String said) throws Exception {
    assertThat(
            shipper.violations(
                config -> {
                  assertThat(config).contains(text);
                  return config.replace(text, broken);
                }))
        .anySatisfy(v -> assertThat(v).contains(said));
  }

  private static byte[] record(String fixture) throws IOException {
    try (InputStream in = ShippersTest.class.getResourceAsStream("/envelopes/" + fixture)) {
      return Objects.requireNonNull(in, fixture).readAllBytes();
    }
  }

  private static KernelLine decode(byte[] value) {
    RawRecord record = new RawRecord("kernel.logs", 0, 7, 1, null, value, Map.of());
    List<KernelLine> lines = new ArrayList<>();
    assertThat(
            new EnvelopeDecoder(Envelope.AUTO, 1 << 16, ZoneOffset.UTC)
                .decode(record, line -> lines.add(line.toLine(record, null))))
        .isNull();
    assertThat(lines).isNotEmpty();
    return lines.get(0);
  }

  private static void assertKernelLine(String value, @Nullable String bootId) {
    KernelLine line = decode(value.getBytes(StandardCharsets.UTF_8));
    assertThat(line.host()).isEqualTo("db1");
    assertThat(line.kernelTimeUs()).isEqualTo(81_428_990L);
    assertThat(line.facility()).isZero();
    assertThat(line.bootId()).isEqualTo(bootId);
    assertThat(line.text()).isEqualTo("Mem-Info:");
  }
}

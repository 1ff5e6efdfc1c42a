package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.format.Envelope;
import io.oomstream.format.EnvelopeDecoder;
import io.oomstream.format.KernelLine;
import io.oomstream.format.RawRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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
  void rsyslogKeysByHostAndKeepsKernelTime() throws Exception {
    String config = Files.readString(SHIPPERS.resolve("rsyslog/60-oomstream.conf"));
    assertThat(config)
        .contains("KeepKernelTimestamp=\"on\"", "dynaKey=\"on\" key=\"oomstream-key\"")
        .contains("template(name=\"oomstream-key\" type=\"string\" string=\"%hostname%\")");
    assertThat(config).contains("template=\"RSYSLOG_SyslogProtocol23Format\"");
    // That format as rsyslog defines it, with priority 4: facility 0, a warning.
    String record =
        "<4>1 2026-11-23T18:04:05.123456+00:00 db1 kernel - - - [   81.428990] Mem-Info:\n";
    assertKernelLine(record, null);
  }

  private static void assertKernelLine(String value, @Nullable String bootId) {
    RawRecord record =
        new RawRecord(
            "kernel.logs", 0, 7, 1, null, value.getBytes(StandardCharsets.UTF_8), Map.of());
    List<KernelLine> lines = new ArrayList<>();
    assertThat(
            new EnvelopeDecoder(Envelope.AUTO, 1 << 16, ZoneOffset.UTC)
                .decode(record, line -> lines.add(line.toLine(record, null))))
        .isNull();
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).host()).isEqualTo("db1");
    assertThat(lines.get(0).kernelTimeUs()).isEqualTo(81_428_990L);
    assertThat(lines.get(0).facility()).isZero();
    assertThat(lines.get(0).bootId()).isEqualTo(bootId);
    assertThat(lines.get(0).text()).isEqualTo("Mem-Info:");
  }
}

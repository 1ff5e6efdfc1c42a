package io.oomstream.shippers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.format.line.RawRecord;
import io.oomstream.kafka.local.ConsumedRecord;
import io.oomstream.kafka.local.LocalBroker;
import io.oomstream.kafka.local.TopicReader;
import io.oomstream.lab.LabLogs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Logs of real kernels through real daemons and a real broker: what the job makes of the records is
 * what it makes of the kernel's own, but for what the form cannot carry.
 */
class RealShippersTest {

  private static final String KERNEL = "6.1.0-50-amd64";
  private static final long LONGEST_NS = 30_000_000_000L;

  private static final long PAUSE_MS = 1_000;
  private static final Duration QUIET = Duration.ofMillis(500);

  private static final KernelInput INPUT =
      new KernelInput(
          Stream.of("01-global-noswap", "03-memcg2-kube", "12-slab-leak", "16-nasty-comm")
              .map(scenario -> LabLogs.one(KERNEL, scenario, "kmsg.log").bytes())
              .toList());

  private static LocalBroker broker;

  @TempDir Path dir;

  @BeforeAll
  static void startBroker() {
    ShipperHost.assumePossible();
    broker = LocalBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    if (broker != null) {
      broker.close();
    }
  }

  @ParameterizedTest
  @EnumSource(ShipperForm.class)
  void tellsWhatTheKernelSaid(ShipperForm form) throws IOException {
    List<ConsumedRecord> records = shipped(form);
    keep(form, records);
    Events expected = Events.of(INPUT.rawRecords());
    Events found = Events.of(raw(records));

    assertThat(expected.kills()).hasSizeGreaterThan(10);
    assertThat(found.letters()).extracting(letter -> new String(letter.value(), UTF_8)).isEmpty();
    assertThat(Differences.of(sorted(expected.kills()), sorted(found.kills()))).isEmpty();
    assertThat(Differences.of(sorted(expected.signals()), sorted(found.signals()))).isEmpty();
    assertThat(found.kills())
        .extracting(kill -> kill.get("provenance").asText())
        .containsOnly(form.provenance());
    if (form.isProjects()) {
      assertThat(records).extracting(ConsumedRecord::keyText).containsOnly(ShipperHost.NAME);
    }
  }

  @Test
  void theProjectsFilesStartBesideWhatTheHostHas() throws Exception {
    broker.createTopic("beside", 1);
    try (ShipperHost host = new ShipperHost(dir.resolve("rsyslog"))) {
      ShipperForm.RSYSLOG_STOCK.start(host, broker.bootstrapServers(), "beside");
      Thread.sleep(PAUSE_MS);
      assertThat(host.said()).isEmpty();
      assertThat(host.isUp()).isTrue();
    }
    try (ShipperHost host = new ShipperHost(dir.resolve("syslog-ng"))) {
      ShipperForm.besideSystem(host, broker.bootstrapServers(), "beside");
      long deadline = System.nanoTime() + LONGEST_NS;
      while (!host.said().contains("syslog-ng starting up") && System.nanoTime() < deadline) {
        Thread.sleep(PAUSE_MS);
      }
      assertThat(host.said()).contains("syslog-ng starting up");
    }
  }

  @Test
  void journalctlTellsTheSameInEveryForm() {
    try (ShipperHost host = new ShipperHost(dir)) {
      host.journal(INPUT.journalExport());
      List<JsonNode> expected = bare(Events.of(INPUT.rawRecords()).kills());
      for (String form : List.of("json", "json-sse", "json-seq", "export")) {
        byte[] output = host.output("/bin/journalctl", "-a", "-D", ShipperHost.JOURNAL, "-o", form);
        Events found = Events.of(List.of(record(output)));
        assertThat(Differences.of(expected, bare(found.kills()))).as(form).isEmpty();
        assertThat(found.kills())
            .as(form)
            .extracting(kill -> kill.get("provenance").asText() + kill.at("/host/name").asText())
            .containsOnly("KERNEL" + ShipperHost.NAME);
      }
    }
  }

  private static RawRecord record(byte[] value) {
    return new RawRecord("kernel.logs", 0, 0, KernelInput.BOOT_US / 1_000, null, value, Map.of());
  }

  /** With {@code -Doomstream.write-records=DIR} the records are kept, to make fixtures of. */
  private static void keep(ShipperForm form, List<ConsumedRecord> records) throws IOException {
    String into = System.getProperty("oomstream.write-records");
    if (into != null) {
      Path lines = Files.createDirectories(Path.of(into)).resolve(form.name());
      try (OutputStream out = Files.newOutputStream(lines)) {
        for (ConsumedRecord record : records) {
          out.write(record.value());
          out.write('\n');
        }
      }
    }
  }

  private List<ConsumedRecord> shipped(ShipperForm form) {
    String topic = form.toString();
    broker.createTopic(topic, 1);
    try (ShipperHost host = new ShipperHost(dir);
        TopicReader reader =
            new TopicReader(
                broker.bootstrapServers(),
                List.of(topic),
                TopicReader.Isolation.READ_UNCOMMITTED)) {
      form.start(host, INPUT, broker.bootstrapServers(), topic);
      List<ConsumedRecord> records = new ArrayList<>();
      long deadline = System.nanoTime() + LONGEST_NS;
      while (records.size() < form.records(INPUT)) {
        records.addAll(reader.poll(Duration.ofMillis(100)));
        if (System.nanoTime() > deadline) {
          throw new AssertionError(
              records.size() + " of " + form.records(INPUT) + " records; " + host.said());
        }
      }
      // A daemon may send records twice, so the last ones may still be on their way.
      for (List<ConsumedRecord> more = reader.poll(QUIET);
          !more.isEmpty();
          more = reader.poll(QUIET)) {
        records.addAll(more);
      }
      return records;
    }
  }

  private static List<RawRecord> raw(List<ConsumedRecord> records) {
    return records.stream()
        .map(
            r ->
                new RawRecord(
                    r.topic(),
                    r.partition(),
                    r.offset(),
                    r.timestamp(),
                    r.key(),
                    r.value(),
                    r.headers()))
        .toList();
  }

  /** What comes by time comes in another order where a form has other times. */
  private static List<JsonNode> sorted(List<JsonNode> events) {
    return bare(events).stream().sorted(Comparator.comparing(JsonNode::toString)).toList();
  }

  /** The events without what only the form decides. */
  private static List<JsonNode> bare(List<JsonNode> events) {
    List<JsonNode> bare = new ArrayList<>();
    for (JsonNode event : events) {
      ObjectNode tree = event.deepCopy();
      tree.remove(
          List.of("time", "kernelTimeUs", "provenance", "block", "window", "schemaVersion"));
      tree.remove(List.of("relatedEvents", "eventId", "id", "host", "episode"));
      // The logs of several boots are sent as one, which no kernel does.
      if (tree.get("memory") instanceof ObjectNode memory) {
        memory.remove("boot");
      }
      if (event.has("kind")) {
        tree.remove("summary"); // says within how many seconds
      }
      // A message of several lines is one line of evidence, or that one of them.
      for (JsonNode evidence : tree.findValues("evidence")) {
        evidence.forEach(item -> ((ObjectNode) item).remove("line"));
      }
      bare.add(tree);
    }
    return bare;
  }
}

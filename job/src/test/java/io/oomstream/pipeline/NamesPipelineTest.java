package io.oomstream.pipeline;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.config.JobConfig;
import io.oomstream.event.EventJson;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import io.oomstream.kafka.local.ConsumedRecord;
import io.oomstream.kafka.local.LocalBroker;
import io.oomstream.kafka.local.TopicReader;
import io.oomstream.kafka.local.TopicWriter;
import io.oomstream.lab.LabLogs;
import io.oomstream.workload.CatalogueEntries;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names from the catalogue's topic to the topics of events, through a real broker. */
@NullUnmarked
class NamesPipelineTest {

  private static final long TIME = 1_700_000_000_000L;
  private static final int PARTITIONS = 2;

  @RegisterExtension static final MiniClusterExtension FLINK = LocalCluster.withSlots(4);

  @Test
  void aKillGetsItsNamespaceAndDeployment() throws Exception {
    try (LocalBroker broker = LocalBroker.start()) {
      broker.createTopic("logs", PARTITIONS);
      broker.createTopic("workloads", PARTITIONS);
      sendLogs(broker);

      Map<String, String> without = run(broker, "without", 1, false);
      assertThat(without.values())
          .isNotEmpty()
          .noneMatch(event -> event.contains("groupKey") || event.contains("namesStatus"));
      JsonNode victim = killOf(without, "host0").path("workload");
      sendCatalogue(broker, victim.path("podUid").asText(), victim.path("containerId").asText());

      Map<String, String> named = run(broker, "named", 1, true);
      assertThat(run(broker, "named4", 4, true)).isEqualTo(named);
      JsonNode known = killOf(named, "host0").path("workload");
      assertThat(known.path("namesStatus").asText()).isEqualTo("KNOWN");
      assertThat(known.path("groupKey").asText()).isEqualTo("k8s:prod/shop/Deployment/web/app");
      assertThat(known.at("/kubernetes/namespace").asText()).isEqualTo("shop");
      assertThat(known.at("/kubernetes/owner/kind").asText()).isEqualTo("Deployment");
      JsonNode unknown = killOf(named, "host1").path("workload");
      assertThat(unknown.path("namesStatus").asText()).isEqualTo("UNKNOWN");
      assertThat(unknown.path("groupKey")).isEqualTo(unknown.path("key"));

      assertThat(named.keySet()).isEqualTo(without.keySet());
      without.forEach(
          (id, event) -> assertThat(withoutNames(named.get(id))).as(id).isEqualTo(event));
      assertThat(badRecords(broker, "named")).isEqualTo(1);
      assertThat(badRecords(broker, "without")).isZero();
    }
  }

  private static void sendLogs(LocalBroker broker) throws Exception {
    List<LabLogs.LabLog> logs =
        List.of(
            LabLogs.one("6.12.117+deb13-amd64", "03-memcg2-kube", "kmsg.log"),
            LabLogs.one("5.10.0-46-amd64", "03-memcg2-kube", "kmsg.log"),
            LabLogs.one("6.1.0-50-amd64", "02-global-swap", "kmsg.log"));
    try (TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
      int i = 0;
      for (Fleet.Shipped record : Fleet.of(logs, PARTITIONS, 42)) {
        writer.send(
            "logs", record.partition(), null, own(record.value()), TIME + i++ / 4, Map.of());
      }
      writer.flush();
    }
  }

  /** The lab's logs are of one container; that of the second host gets another id. */
  private static byte[] own(byte[] record) {
    String text = new String(record, StandardCharsets.ISO_8859_1);
    return text.contains("host1")
        ? text.replaceAll("[0-9a-f]{8}(?=[0-9a-f]{56}\\b)", "0123abcd")
            .replaceAll("(?<=pod)[0-9a-f]{8}(?=[-_])", "0123abcd")
            .getBytes(StandardCharsets.ISO_8859_1)
        : record;
  }

  private static void sendCatalogue(LocalBroker broker, String uid, String id) {
    String link =
        CatalogueEntries.link(
            "prod", "host0", "shop", "web-7d4b9c8f6b-2vxqz", uid, "app", id, 1, TIME / 1000 - 60);
    try (TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
      writer.send("workloads", 0, bytes("bad"), bytes("{\"kind\":\"Node\"}"), TIME, Map.of());
      writer.send("workloads", 1, bytes(id), bytes(link), TIME, Map.of());
      writer.flush();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Kills and signals by id, each held against its schema. */
  private static Map<String, String> run(
      LocalBroker broker, String name, int parallelism, boolean isNamed) throws Exception {
    RunTopics topics = RunTopics.create(broker, name, 1);
    Map<String, String> options = topics.options();
    options.put("input.topics", "logs");
    if (isNamed) {
      options.put("workloads.topic", "workloads");
    }
    Configuration flink = new Configuration();
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    KafkaPipeline.build(env, JobConfig.of(options));
    env.execute(name);
    Map<String, String> events = new TreeMap<>();
    for (ConsumedRecord record : topics.events()) {
      OutgoingEvent.Type type = RunTopics.typeOf(record);
      SchemaAssert.assertValid(type, requireNonNull(record.value()));
      assertThat(events.put(type + " " + record.header("ce_id"), record.valueText())).isNull();
    }
    return events;
  }

  private static JsonNode killOf(Map<String, String> events, String host) {
    return events.values().stream()
        .map(event -> EventJson.parse(bytes(event)))
        .filter(event -> event.has("victim") && event.at("/host/name").asText().equals(host))
        .findFirst()
        .orElseThrow();
  }

  /** As it would be without a catalogue. */
  private static String withoutNames(String event) {
    JsonNode tree = EventJson.parse(bytes(event));
    for (JsonNode workload : List.of(tree.path("workload"), tree.at("/trigger/workload"))) {
      if (workload instanceof ObjectNode object) {
        object.remove(List.of("kubernetes", "groupKey", "namesStatus"));
      }
    }
    return new String(EventJson.toBytes(tree), StandardCharsets.UTF_8);
  }

  private static long badRecords(LocalBroker broker, String name) {
    return TopicReader.readAll(
            broker.bootstrapServers(), name + ".dead", TopicReader.Isolation.READ_COMMITTED)
        .stream()
        .filter(letter -> "BAD_WORKLOAD".equals(letter.header("oomstream-reason")))
        .count();
  }
}

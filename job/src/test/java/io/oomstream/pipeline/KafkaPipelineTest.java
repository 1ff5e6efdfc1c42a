package io.oomstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.config.JobConfig;
import io.oomstream.event.EventJson;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import io.oomstream.kafka.local.ConsumedRecord;
import io.oomstream.kafka.local.LocalBroker;
import io.oomstream.kafka.local.TopicReader;
import io.oomstream.kafka.local.TopicWriter;
import io.oomstream.lab.LabLogs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole job between the topics of a real broker. */
class KafkaPipelineTest {

  private static final String LOGS = "kernel.logs";
  private static final int PARTITIONS = 4;
  private static final List<byte[]> GARBAGE = garbage();

  @RegisterExtension static final MiniClusterExtension FLINK = LocalCluster.withSlots(4);

  private static LocalBroker broker;

  @BeforeAll
  static void sendTheFleetsLogs() throws Exception {
    broker = LocalBroker.start();
    broker.createTopic(LOGS, PARTITIONS);
    List<LabLogs.LabLog> logs =
        List.of(
            LabLogs.one("6.12.117+deb13-amd64", "03-memcg2-kube", "kmsg.log"),
            LabLogs.one("6.1.0-50-amd64", "02-global-swap", "kmsg.log"),
            LabLogs.one("6.1.0-50-arm64", "05-oom-group", "kmsg.log"),
            LabLogs.one("6.1.0-50-686-pae", "11-order-failure", "kmsg.log"),
            LabLogs.one("5.10.0-46-amd64", "16-nasty-comm", "kmsg.log"),
            LabLogs.one("6.1.0-50-amd64", "20-storm", "kmsg.log"));
    try (TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
      List<Fleet.Shipped> records = Fleet.of(logs, PARTITIONS, 42);
      long time = 1_700_000_000_000L;
      for (int i = 0; i < records.size(); i++) {
        // All within the settling time: order is restored, whichever partition a line took.
        long at = time + i / 4;
        if (i % 50 == 0) {
          byte[] bad = GARBAGE.get(i / 50 % GARBAGE.size());
          writer.send(LOGS, i % PARTITIONS, key(i), bad, at, Map.of());
        }
        writer.send(LOGS, records.get(i).partition(), null, records.get(i).value(), at, Map.of());
      }
      writer.flush();
    }
  }

  @AfterAll
  static void stop() throws Exception {
    broker.close();
  }

  @Test
  void theEventsAreTheSameAtAnyParallelismAndGuarantee() throws Exception {
    Map<String, String> one = run("p1", 1, "at-least-once", "hashmap");
    assertSame(one, run("p2", 2, "at-least-once", "rocksdb"));
    assertSame(one, run("p4", 4, "exactly-once", "hashmap"));

    Map<String, Integer> kills = new TreeMap<>();
    for (String event : one.values()) {
      JsonNode data = EventJson.parse(event.getBytes(StandardCharsets.UTF_8));
      if (data.has("victim")) {
        kills.merge(data.at("/host/name").asText(), 1, Integer::sum);
      }
    }
    assertThat(kills)
        .containsEntry("host0", 1)
        .containsEntry("host1", 1)
        .containsEntry("host2", 3)
        .doesNotContainKey("host3")
        .containsEntry("host4", 10)
        .containsEntry("host5", 31);
  }

  /** Event by event, so that a failure shows the one that differs. */
  private static void assertSame(Map<String, String> one, Map<String, String> other) {
    assertThat(other.keySet()).isEqualTo(one.keySet());
    one.forEach((id, event) -> assertThat(other.get(id)).as(id).isEqualTo(event));
  }

  /** All events by id, held against their schema; and the dead letters against what was sent. */
  private static Map<String, String> run(
      String name, int parallelism, String guarantee, String backend) throws Exception {
    RunTopics topics = RunTopics.create(broker, name, 2);
    Map<String, String> options = topics.options();
    options.put("input.topics", LOGS);
    options.put("delivery.guarantee", guarantee);
    JobConfig config = JobConfig.of(options);
    KafkaPipeline.checkTopics(config);

    Configuration flink = new Configuration();
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    flink.set(StateBackendOptions.STATE_BACKEND, backend);
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
    // A failure would be restarted, and seen only by what it did to the events.
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    KafkaPipeline.build(env, config);
    env.execute(name);

    Map<String, String> events = new TreeMap<>();
    for (ConsumedRecord record : topics.events()) {
      OutgoingEvent.Type type = RunTopics.typeOf(record);
      SchemaAssert.assertValid(type, Objects.requireNonNull(record.value()));
      assertThat(record.key()).as("key").isNotNull();
      String id = type + " " + record.header("ce_id");
      assertThat(events.put(id, record.valueText())).as("twice: " + id).isNull();
    }
    assertDeadLetters(readAll(topics.deadLetters()));
    return events;
  }

  private static List<ConsumedRecord> readAll(String... topics) {
    List<ConsumedRecord> all = new ArrayList<>();
    for (String topic : topics) {
      all.addAll(
          TopicReader.readAll(
              broker.bootstrapServers(), topic, TopicReader.Isolation.READ_COMMITTED));
    }
    return all;
  }

  private static void assertDeadLetters(List<ConsumedRecord> letters) throws Exception {
    Map<String, byte[]> sent = new HashMap<>();
    for (ConsumedRecord record : readAll(LOGS)) {
      if (record.key() != null) {
        sent.put(record.partition() + "/" + record.offset(), record.value());
      }
    }
    assertThat(sent).hasSizeGreaterThan(GARBAGE.size());
    Map<String, byte[]> undecodable = new HashMap<>();
    for (ConsumedRecord letter : letters) {
      if ("UNDECODABLE".equals(letter.header("oomstream-reason"))) {
        String place =
            letter.header("oomstream-partition") + "/" + letter.header("oomstream-offset");
        assertThat(letter.value()).isEqualTo(sent.get(place));
        assertThat(letter.header("oomstream-topic")).isEqualTo(LOGS);
        undecodable.put(place, letter.value());
      }
    }
    assertThat(undecodable.keySet()).isEqualTo(sent.keySet());
  }

  private static byte[] key(int i) {
    return ("garbage-" + i).getBytes(StandardCharsets.UTF_8);
  }

  private static List<byte[]> garbage() {
    Random random = new Random(1);
    List<byte[]> garbage = new ArrayList<>();
    garbage.add("{\"msg\":\"Killed process 1 (init) total-vm:4kB".getBytes(StandardCharsets.UTF_8));
    garbage.add("{\"unknown\":1}".getBytes(StandardCharsets.UTF_8));
    garbage.add(new byte[] {0, 1, 2, 3, (byte) 0xff, 0});
    for (int i = 0; i < 5; i++) {
      byte[] noise = new byte[64 + i];
      random.nextBytes(noise);
      noise[3] = 0;
      garbage.add(noise);
    }
    return garbage;
  }
}

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
import io.oomstream.lab.LabSnapshots;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Snapshots of the lab's machines through a real broker: with, out of order, at two widths. */
class SnapshotPipelineTest {

  private static final String SNAPSHOTS = "kernel.memory-snapshots";

  @RegisterExtension static final MiniClusterExtension FLINK = LocalCluster.withSlots(3);

  @Test
  void signalsAreTheSameAtAnyParallelism() throws Exception {
    try (LocalBroker broker = LocalBroker.start()) {
      broker.createTopic("kernel.logs", 2);
      broker.createTopic(SNAPSHOTS, 3);
      send(broker);
      Map<String, String> one = run(broker, "p1", 1);
      assertThat(run(broker, "p3", 3)).isEqualTo(one);
      Map<String, List<String>> kinds = new TreeMap<>();
      for (String signal : one.values()) {
        JsonNode data = EventJson.parse(signal.getBytes(StandardCharsets.UTF_8));
        kinds
            .computeIfAbsent(data.at("/host/name").asText(), host -> new ArrayList<>())
            .add(data.get("kind").asText());
      }
      for (String kernel : LabLogs.KERNELS) {
        assertThat(kinds.get(kernel + ".12")).contains("SLAB_GROWTH", "LOG_LOSS");
        assertThat(kinds.get(kernel + ".21")).contains("TASK_STRUCT_SLAB_GROWTH", "LOG_LOSS");
      }
    }
  }

  private static void send(LocalBroker broker) throws Exception {
    List<LabSnapshots.LabSnapshot> all = new ArrayList<>();
    List<String> hosts = new ArrayList<>();
    for (String kernel : LabLogs.KERNELS) {
      for (String scenario : List.of("12-slab-leak", "21-growth")) {
        for (LabSnapshots.LabSnapshot snapshot : LabSnapshots.of(kernel, scenario)) {
          all.add(snapshot);
          hosts.add(kernel + "." + scenario.substring(0, 2));
        }
      }
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(7));
    try (TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
      for (int i : order) {
        byte[] value =
            Objects.requireNonNull(LabSnapshots.envelope(hosts.get(i), all.get(i), 0, i).value());
        writer.send(SNAPSHOTS, i % 3, null, value, all.get(i).timeMs(), Map.of());
      }
      writer.send(
          SNAPSHOTS,
          0,
          null,
          "nonsense".getBytes(StandardCharsets.UTF_8),
          1_790_000_000_000L,
          Map.of());
      writer.flush();
    }
  }

  private static Map<String, String> run(LocalBroker broker, String name, int parallelism)
      throws Exception {
    RunTopics topics = RunTopics.create(broker, name, 1);
    Map<String, String> options = topics.options();
    options.put("input.out-of-orderness", "60 s");
    Configuration flink = new Configuration();
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    KafkaPipeline.build(env, JobConfig.of(options));
    env.execute(name);
    Map<String, String> signals = new TreeMap<>();
    for (ConsumedRecord record : read(broker, name + ".signals")) {
      SchemaAssert.assertValid(OutgoingEvent.Type.SIGNAL, Objects.requireNonNull(record.value()));
      String id = Objects.requireNonNull(record.header("ce_id"));
      assertThat(signals.put(id, record.valueText())).as("twice: " + id).isNull();
    }
    assertThat(read(broker, name + ".dead"))
        .extracting(ConsumedRecord::valueText)
        .containsExactly("nonsense");
    return signals;
  }

  private static List<ConsumedRecord> read(LocalBroker broker, String topic) {
    return TopicReader.readAll(
        broker.bootstrapServers(), topic, TopicReader.Isolation.READ_COMMITTED);
  }
}

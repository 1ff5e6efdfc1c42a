package io.oomstream.pipeline;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.config.JobConfig;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import io.oomstream.kafka.local.ConsumedRecord;
import io.oomstream.kafka.local.LocalBroker;
import io.oomstream.kafka.local.TopicReader;
import io.oomstream.kafka.local.TopicWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job that begins without the topics of snapshots and rules gives its events; one that is stopped
 * goes on from its savepoint with other topics and other options.
 */
class OtherTopicsTest {

  private static final String KILL =
      "6,%d,%d,-;Out of memory: Killed process %d (hog) total-vm:4096kB, anon-rss:2048kB,"
          + " file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:20kB oom_score_adj:0";

  @RegisterExtension static final MiniClusterExtension FLINK = LocalCluster.withSlots(2);

  @Test
  void goesOnWithAnotherSetOfTopics(@TempDir Path savepoints) throws Exception {
    try (LocalBroker broker = LocalBroker.start()) {
      for (String topic : List.of("logs", "more-logs", "snapshots", "rules")) {
        broker.createTopic(topic, 2);
      }
      RunTopics topics = RunTopics.create(broker, "other", 1);
      Map<String, String> options = options(topics);
      try (TopicReader kills =
          new TopicReader(
              broker.bootstrapServers(),
              List.of(topics.kills()),
              TopicReader.Isolation.READ_COMMITTED)) {
        options.put("input.topics", "logs;more-logs");
        options.put("input.snapshots.topics", "snapshots");
        options.put("rules.topic", "rules");
        send(broker, "logs", 1);
        send(broker, "more-logs", 2);
        JobClient first = start(options, null);
        assertThat(next(kills, 2)).containsExactlyInAnyOrder("process/1", "process/2");
        String savepoint =
            first
                .stopWithSavepoint(
                    false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(1, TimeUnit.MINUTES);

        delete(broker, "more-logs", "snapshots", "rules");
        options.remove("rules.topic");
        options.put("output.blocks.enabled", "false");
        JobClient second = start(options, savepoint);
        send(broker, "logs", 3);
        assertThat(next(kills, 1)).containsExactly("process/3");
        broker.createTopic("more-logs", 2);
        send(broker, "more-logs", 4);
        assertThat(next(kills, 1)).as("of a topic made anew").containsExactly("process/4");
        second.cancel().get(1, TimeUnit.MINUTES);
      }
    }
  }

  private static Map<String, String> options(RunTopics topics) {
    Map<String, String> options = new HashMap<>(topics.options());
    options.put("kafka.stop-at-end", "false");
    options.put("assemble.settling-time", "200 ms");
    options.put("assemble.stall-time", "1 s");
    options.put("input.out-of-orderness", "100 ms");
    options.put("input.idleness", "500 ms");
    options.put("kafka.properties.partition.discovery.interval.ms", "300");
    return options;
  }

  private static JobClient start(Map<String, String> options, @Nullable String savepoint)
      throws Exception {
    Configuration flink = new Configuration();
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(CoreOptions.DEFAULT_PARALLELISM, 2);
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    if (savepoint != null) {
      flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    KafkaPipeline.build(env, JobConfig.of(options));
    return env.executeAsync("other topics");
  }

  private static void send(LocalBroker broker, String topic, int pid) {
    byte[] line = String.format(KILL, pid, pid * 1_000_000L, pid).getBytes(StandardCharsets.UTF_8);
    byte[] host = ("host-" + pid).getBytes(StandardCharsets.UTF_8);
    try (TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
      writer.send(topic, 0, host, line, null, Map.of());
    }
  }

  private static List<String> next(TopicReader kills, int count) {
    List<String> found = new ArrayList<>();
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (found.size() < count && System.nanoTime() < deadline) {
      for (ConsumedRecord kill : kills.poll(Duration.ofMillis(200))) {
        SchemaAssert.assertValid(OutgoingEvent.Type.KILL, requireNonNull(kill.value()));
        found.add(requireNonNull(kill.header("ce_subject")));
      }
    }
    return found;
  }

  private static void delete(LocalBroker broker, String... topics) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.deleteTopics(List.of(topics)).all().get();
    }
  }
}

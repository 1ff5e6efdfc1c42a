package io.oomstream.kafka;

import io.oomstream.kafka.local.LocalBroker;
import io.oomstream.kafka.source.SourceOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;

/** What the tests with a broker and a cluster share. */
final class KafkaJobs {
  static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(200);

  private KafkaJobs() {}

  static MiniClusterExtension cluster() {
    return new MiniClusterExtension(
        new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());
  }

  /** Two tasks of each kind, checkpoints, no generic types; a failure is restarted at once. */
  static StreamExecutionEnvironment environment(int restarts) {
    Configuration c = new Configuration();
    c.set(PipelineOptions.GENERIC_TYPES, false);
    c.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
    c.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    c.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, restarts);
    c.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(c);
    env.setParallelism(2);
    return env;
  }

  static KafkaSettings settings(LocalBroker broker, String group) {
    return new KafkaSettings(broker.bootstrapServers(), group, Map.of());
  }

  static SourceOptions read(String topic, SourceOptions.Start start, boolean bounded) {
    return new SourceOptions(List.of(topic), start, bounded, Duration.ZERO, Duration.ofMillis(200));
  }
}

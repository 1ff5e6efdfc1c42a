package io.oomstream.cli;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink in this process, for the commands that run the job. */
final class EmbeddedFlink {

  private EmbeddedFlink() {}

  /**
   * In a row. A restart would repeat all since the last good one; ten minutes at the default
   * interval, for exactly-once less than the transaction timeout.
   */
  static final int TOLERABLE_FAILED_CHECKPOINTS = 60;

  /** For topics: checkpoints, and restarts after a failure. */
  static StreamExecutionEnvironment unbounded(int parallelism, Duration checkpointInterval) {
    Configuration conf = common(parallelism);
    conf.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
    conf.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, TOLERABLE_FAILED_CHECKPOINTS);
    conf.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    return StreamExecutionEnvironment.getExecutionEnvironment(conf);
  }

  private static Configuration common(int parallelism) {
    Configuration conf = new Configuration();
    conf.set(DeploymentOptions.TARGET, "local");
    conf.set(PipelineOptions.GENERIC_TYPES, false);
    conf.set(PipelineOptions.OBJECT_REUSE, true);
    conf.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    // The default arena of network memory is made for clusters; this job has a handful of channels.
    conf.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
    conf.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
    conf.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
    return conf;
  }
}

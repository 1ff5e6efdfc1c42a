package io.oomstream.pipeline;

import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
import io.oomstream.format.RawRecord;
import io.oomstream.kafka.DeadLetterSink;
import io.oomstream.kafka.EventSink;
import io.oomstream.kafka.KafkaSettings;
import io.oomstream.kafka.KafkaSetupException;
import io.oomstream.kafka.KernelLogSource;
import io.oomstream.kafka.SinkOptions;
import io.oomstream.kafka.SourceOptions;
import io.oomstream.kafka.TopicCheck;
import io.oomstream.state.Types;
import io.oomstream.state.Uids;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Steps 1 and 8: the pipeline between Kafka's topics. */
public final class KafkaPipeline {

  private KafkaPipeline() {}

  /**
   * Asks Kafka for every topic before the job starts.
   *
   * @throws BadOptionException if Kafka cannot be reached or lacks one
   */
  public static void checkTopics(JobConfig config) throws BadOptionException {
    List<String> topics = new ArrayList<>(config.get(OomOptions.INPUT_TOPICS));
    topics.add(config.get(OomOptions.KILLS_TOPIC));
    topics.add(config.get(OomOptions.SIGNALS_TOPIC));
    topics.add(config.get(OomOptions.DEAD_LETTERS_TOPIC));
    if (config.get(OomOptions.BLOCKS_ENABLED)) {
      topics.add(config.get(OomOptions.BLOCKS_TOPIC));
    }
    String rules = config.get(OomOptions.RULES_TOPIC);
    if (rules != null) {
      topics.add(rules);
    }
    try {
      TopicCheck.require(settings(config), topics);
    } catch (KafkaSetupException e) {
      throw new BadOptionException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Builds the whole job.
   *
   * @throws BadOptionException if the options do not say how to reach Kafka
   */
  public static void build(StreamExecutionEnvironment env, JobConfig config)
      throws BadOptionException {
    KafkaSettings settings = settings(config);
    SourceOptions source = sourceOptions(config, config.get(OomOptions.INPUT_TOPICS));
    DataStream<RawRecord> records =
        env.fromSource(
                KernelLogSource.create(settings, source),
                KernelLogSource.watermarks(source),
                "kernel logs",
                Types.RAW_RECORD)
            .uid(Uids.SOURCE);
    String rulesTopic = config.get(OomOptions.RULES_TOPIC);
    OomPipeline.build(
        records,
        snapshots(env, settings, config),
        rulesTopic == null ? null : rules(env, settings, rulesTopic, config),
        config,
        sinks(settings, config));
  }

  /** All rules, whatever the offsets of the logs: the topic is compacted and small. */
  private static DataStream<RawRecord> rules(
      StreamExecutionEnvironment env, KafkaSettings settings, String topic, JobConfig config) {
    SourceOptions options =
        new SourceOptions(
            List.of(topic),
            null,
            SourceOptions.Start.EARLIEST,
            config.get(OomOptions.STOP_AT_END),
            config.get(OomOptions.INPUT_OUT_OF_ORDERNESS),
            config.get(OomOptions.INPUT_IDLENESS));
    return env.fromSource(
            KernelLogSource.create(settings, options),
            KernelLogSource.watermarks(options),
            "rules source",
            Types.RAW_RECORD)
        .uid(Uids.RULES_SOURCE);
  }

  /** Null where Kafka holds no topic of snapshots: a fleet need not ship any. */
  private static @Nullable DataStream<RawRecord> snapshots(
      StreamExecutionEnvironment env, KafkaSettings settings, JobConfig config)
      throws BadOptionException {
    List<String> topics;
    try {
      topics = TopicCheck.existing(settings, config.get(OomOptions.SNAPSHOT_TOPICS));
    } catch (KafkaSetupException e) {
      throw new BadOptionException(String.valueOf(e.getMessage()));
    }
    if (topics.isEmpty()) {
      return null;
    }
    SourceOptions source = sourceOptions(config, topics);
    return env.fromSource(
            KernelLogSource.create(settings, source),
            KernelLogSource.watermarks(source),
            "memory snapshots",
            Types.RAW_RECORD)
        .uid(Uids.SNAPSHOT_SOURCE);
  }

  private static SourceOptions sourceOptions(JobConfig config, List<String> topics) {
    return new SourceOptions(
        topics,
        null,
        switch (config.get(OomOptions.START_FROM)) {
          case COMMITTED -> SourceOptions.Start.COMMITTED;
          case EARLIEST -> SourceOptions.Start.EARLIEST;
          case LATEST -> SourceOptions.Start.LATEST;
        },
        config.get(OomOptions.STOP_AT_END),
        config.get(OomOptions.INPUT_OUT_OF_ORDERNESS),
        config.get(OomOptions.INPUT_IDLENESS));
  }

  private static OomPipeline.Sinks sinks(KafkaSettings settings, JobConfig config)
      throws BadOptionException {
    SinkOptions options = sinkOptions(config);
    return new OomPipeline.Sinks(
        EventSink.create(settings, options, "kills", config.get(OomOptions.KILLS_TOPIC)),
        EventSink.create(settings, options, "signals", config.get(OomOptions.SIGNALS_TOPIC)),
        config.get(OomOptions.BLOCKS_ENABLED)
            ? EventSink.create(settings, options, "blocks", config.get(OomOptions.BLOCKS_TOPIC))
            : null,
        DeadLetterSink.create(
            settings, options, "dead-letters", config.get(OomOptions.DEAD_LETTERS_TOPIC)));
  }

  private static SinkOptions sinkOptions(JobConfig config) throws BadOptionException {
    try {
      return new SinkOptions(
          config.get(OomOptions.DELIVERY_GUARANTEE) == OomOptions.Guarantee.EXACTLY_ONCE
              ? SinkOptions.Delivery.EXACTLY_ONCE
              : SinkOptions.Delivery.AT_LEAST_ONCE,
          config.get(OomOptions.GROUP_ID),
          config.get(OomOptions.TRANSACTION_TIMEOUT),
          config.get(OomOptions.MAX_RECORD_BYTES));
    } catch (KafkaSetupException e) {
      throw new BadOptionException(String.valueOf(e.getMessage()));
    }
  }

  private static KafkaSettings settings(JobConfig config) throws BadOptionException {
    String servers = config.get(OomOptions.BOOTSTRAP_SERVERS);
    if (servers == null) {
      throw new BadOptionException(
          OomOptions.BOOTSTRAP_SERVERS.key()
              + " is not set: give --bootstrap-servers HOST:PORT, or set it in the --config file");
    }
    try {
      return new KafkaSettings(servers, config.get(OomOptions.GROUP_ID), config.kafkaProperties());
    } catch (KafkaSetupException e) {
      throw new BadOptionException(String.valueOf(e.getMessage()));
    }
  }
}

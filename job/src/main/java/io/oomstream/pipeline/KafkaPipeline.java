package io.oomstream.pipeline;

import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
import io.oomstream.format.line.RawRecord;
import io.oomstream.intake.IntakeItem;
import io.oomstream.kafka.DeadLetterSink;
import io.oomstream.kafka.EventSink;
import io.oomstream.kafka.KafkaSettings;
import io.oomstream.kafka.KafkaSetupException;
import io.oomstream.kafka.SinkOptions;
import io.oomstream.kafka.TopicCheck;
import io.oomstream.kafka.source.KernelLogSource;
import io.oomstream.kafka.source.SourceOptions;
import io.oomstream.state.Types;
import io.oomstream.state.Uids;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Steps 1 and 8: the pipeline between Kafka's topics. */
public final class KafkaPipeline {

  private KafkaPipeline() {}

  /**
   * One look whether Kafka has every topic that the job needs.
   *
   * @throws BadOptionException if Kafka cannot be reached or lacks one
   */
  public static void checkTopics(JobConfig config) throws BadOptionException {
    KafkaSettings settings = settings(config);
    try {
      TopicCheck.require(settings, neededTopics(config));
    } catch (KafkaSetupException e) {
      throw new BadOptionException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Waits until Kafka has every topic that the job needs: it may be away for a while when the job
   * starts, and topics may be made after it.
   *
   * @param say takes a line for people about what is waited for, about once a minute
   * @throws BadOptionException if these options can never work
   */
  public static void awaitTopics(JobConfig config, Consumer<String> say) throws BadOptionException {
    KafkaSettings settings = settings(config);
    try {
      TopicCheck.await(settings, neededTopics(config), say);
    } catch (KafkaSetupException e) {
      throw new BadOptionException(String.valueOf(e.getMessage()));
    }
  }

  /** Topics of snapshots are not among them: a fleet need not ship any. */
  private static List<String> neededTopics(JobConfig config) {
    List<String> topics = new ArrayList<>(config.get(OomOptions.INPUT_TOPICS));
    topics.add(config.get(OomOptions.KILLS_TOPIC));
    topics.add(config.get(OomOptions.SIGNALS_TOPIC));
    topics.add(config.get(OomOptions.DEAD_LETTERS_TOPIC));
    if (config.get(OomOptions.BLOCKS_ENABLED)) {
      topics.add(config.get(OomOptions.BLOCKS_TOPIC));
    }
    topics.addAll(rulesTopics(config));
    topics.addAll(workloadsTopics(config));
    return topics;
  }

  private static List<String> rulesTopics(JobConfig config) {
    String topic = config.get(OomOptions.RULES_TOPIC);
    return topic == null ? List.of() : List.of(topic);
  }

  private static List<String> workloadsTopics(JobConfig config) {
    String topic = config.get(OomOptions.WORKLOADS_TOPIC);
    return topic == null ? List.of() : List.of(topic);
  }

  /**
   * Builds the whole job: the same operators under the same uids for all options and whatever
   * topics exist, so that any savepoint fits. What is not configured or does not exist is read as
   * nothing; blocks that are not wanted are a stream of nothing into a sink that opens no topic.
   *
   * @throws BadOptionException if the options do not say how to reach Kafka
   */
  public static void build(StreamExecutionEnvironment env, JobConfig config)
      throws BadOptionException {
    KafkaSettings settings = settings(config);
    Configuration flink = new Configuration();
    flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    env.configure(flink);
    SourceOptions workloads = wholeTopic(config, workloadsTopics(config));
    OomPipeline.build(
        kernelLogs(env, settings, config),
        new OomPipeline.Inputs(
            source(
                env,
                settings,
                sourceOptions(config, config.get(OomOptions.SNAPSHOT_TOPICS)),
                "memory snapshots",
                Uids.SNAPSHOT_SOURCE),
            source(
                env,
                settings,
                wholeTopic(config, rulesTopics(config)),
                "rules source",
                Uids.RULES_SOURCE),
            env.fromSource(
                    KernelLogSource.create(settings, workloads),
                    KernelLogSource.watermarksOfTable(workloads),
                    "workloads source",
                    Types.RAW_RECORD)
                .uid(Uids.WORKLOADS_SOURCE)),
        config,
        sinks(settings, config));
  }

  private static DataStream<IntakeItem> kernelLogs(
      StreamExecutionEnvironment env, KafkaSettings settings, JobConfig config)
      throws BadOptionException {
    SourceOptions options = sourceOptions(config, config.get(OomOptions.INPUT_TOPICS));
    KernelLogReading reading = new KernelLogReading(config.decodeSettings());
    return env.fromSource(
            KernelLogSource.create(settings, options, reading),
            KernelLogSource.watermarks(options, reading),
            "kernel logs",
            Types.INTAKE_ITEM)
        .uid(Uids.SOURCE);
  }

  private static DataStream<RawRecord> source(
      StreamExecutionEnvironment env,
      KafkaSettings settings,
      SourceOptions options,
      String name,
      String uid) {
    return env.fromSource(
            KernelLogSource.create(settings, options),
            KernelLogSource.watermarks(options),
            name,
            Types.RAW_RECORD)
        .uid(uid);
  }

  /** The whole topic, whatever the offsets of the logs: it is compacted. */
  private static SourceOptions wholeTopic(JobConfig config, List<String> topics) {
    return new SourceOptions(
        topics,
        SourceOptions.Start.EARLIEST,
        config.get(OomOptions.STOP_AT_END),
        config.get(OomOptions.INPUT_OUT_OF_ORDERNESS),
        config.get(OomOptions.INPUT_IDLENESS));
  }

  private static SourceOptions sourceOptions(JobConfig config, List<String> topics) {
    return new SourceOptions(
        topics,
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
        EventSink.create(settings, options, "blocks", config.get(OomOptions.BLOCKS_TOPIC)),
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
          config.get(OomOptions.MAX_RECORD_BYTES),
          config.privacy(),
          config.get(OomOptions.CONTENT_MODE));
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

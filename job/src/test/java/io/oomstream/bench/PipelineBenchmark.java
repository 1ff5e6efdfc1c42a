package io.oomstream.bench;

import io.oomstream.config.JobConfig;
import io.oomstream.format.line.RawRecord;
import io.oomstream.kafka.KafkaSettings;
import io.oomstream.kafka.local.TopicReader;
import io.oomstream.kafka.source.KernelLogSource;
import io.oomstream.kafka.source.SourceOptions;
import io.oomstream.pipeline.KafkaPipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What the job costs: the whole pipeline between topics, against the same records read by a plain
 * consumer and by jobs that do nothing with them, in interleaved rounds of one run on one broker.
 * Only the ratios mean something.
 */
public final class PipelineBenchmark {

  /** One block line in 1000, in 10, and nothing else: as many records as take a similar time. */
  private static final int FEWER_AT_10 = 3;

  private static final int FEWER_AT_1 = 6;

  private final String servers;
  private final MiniCluster cluster;
  private int jobs;

  private PipelineBenchmark(String servers, MiniCluster cluster) {
    this.servers = servers;
    this.cluster = cluster;
  }

  /**
   * Runs it.
   *
   * @param args records to send, 3000000 if not given; rounds, 4 if not given; a file for the
   *     figures as JSON, one object a line
   */
  public static void main(String[] args) throws Exception {
    int records = args.length > 0 ? Integer.parseInt(args[0]) : 3_000_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 4;
    // Blocks first: what is rare in the last one is compiled then.
    List<Mix> mixes =
        List.of(
            new Mix("logs-1", 1, records / FEWER_AT_1),
            new Mix("logs-10", 10, records / FEWER_AT_10),
            new Mix("logs-1000", 1000, records));
    List<String> json = new ArrayList<>();
    Configuration conf = new Configuration();
    conf.set(RestOptions.BIND_PORT, "0");
    try (BrokerProcess broker = BrokerProcess.start();
        MiniCluster cluster =
            new MiniCluster(
                new MiniClusterConfiguration.Builder()
                    .setConfiguration(conf)
                    .setNumTaskManagers(1)
                    .setNumSlotsPerTaskManager(1)
                    .build())) {
      cluster.start();
      PipelineBenchmark benchmark = new PipelineBenchmark(broker.servers(), cluster);
      for (Mix mix : mixes) {
        json.addAll(benchmark.run(mix, rounds).json());
      }
    }
    if (args.length > 2) {
      Files.write(Path.of(args[2]), json);
    }
    System.exit(0);
  }

  private PipelineTable run(Mix mix, int rounds) throws Exception {
    Topics.create(servers, mix.topic(), Mix.PARTITIONS);
    Mix.Written written = mix.send(servers);
    System.out.printf(
        Locale.ROOT,
        "%n%d records, %d bytes each on average, %d partitions, one line of a block in %d: %d"
            + " blocks%n",
        written.records(),
        written.bytes() / written.records(),
        Mix.PARTITIONS,
        mix.oneIn(),
        written.blocks());
    PipelineTable table = new PipelineTable(mix, written);
    for (int round = 0; round < rounds; round++) {
      for (PipelineTable.Work work : PipelineTable.Work.values()) {
        ThreadCpu.Cost cost =
            switch (work) {
              case CONSUMER -> ThreadCpu.of(() -> consume(mix, written));
              case NOWHERE -> ThreadCpu.of(() -> identity(mix));
              case RAW_NOWHERE -> ThreadCpu.of(() -> raw(mix));
              case WHOLE -> ThreadCpu.of(() -> whole(mix, written));
            };
        table.add(work, cost);
        System.out.printf(
            Locale.ROOT,
            "round %d: %-24s %.2f M/s, %.0f ns a record:%s%n",
            round + 1,
            work.text(),
            written.records() / cost.seconds() / 1e6,
            (double) cost.processNs() / written.records(),
            byKind(cost, written.records()));
      }
    }
    table.print();
    return table;
  }

  private static String byKind(ThreadCpu.Cost cost, int records) {
    StringBuilder text = new StringBuilder();
    cost.byKind()
        .forEach(
            (kind, ns) -> text.append(String.format(Locale.ROOT, " %s %d", kind, ns / records)));
    return text.toString();
  }

  private void consume(Mix mix, Mix.Written written) {
    try (TopicReader reader =
        new TopicReader(servers, List.of(mix.topic()), TopicReader.Isolation.READ_UNCOMMITTED)) {
      reader.drain(written.records());
    }
  }

  /** Flink's own source with the value alone. */
  private void identity(Mix mix) throws Exception {
    StreamExecutionEnvironment env = environment();
    env.fromSource(
            KafkaSource.<byte[]>builder()
                .setBootstrapServers(servers)
                .setTopics(mix.topic())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.latest())
                .setDeserializer(
                    KafkaRecordDeserializationSchema.valueOnly(ByteArrayDeserializer.class))
                .build(),
            WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofSeconds(2)),
            "logs")
        .sinkTo(new DiscardingSink<>());
    execute(env);
  }

  /** This job's source with everything that a record has. */
  private void raw(Mix mix) throws Exception {
    StreamExecutionEnvironment env = environment();
    SourceOptions source =
        new SourceOptions(
            List.of(mix.topic()),
            SourceOptions.Start.EARLIEST,
            true,
            Duration.ofSeconds(2),
            Duration.ofSeconds(10));
    env.<RawRecord>fromSource(
            KernelLogSource.create(new KafkaSettings(servers, "raw", Map.of()), source),
            KernelLogSource.watermarks(source),
            "logs")
        .sinkTo(new DiscardingSink<>());
    execute(env);
  }

  private void whole(Mix mix, Mix.Written written) throws Exception {
    String[] topics = new String[4];
    for (int i = 0; i < topics.length; i++) {
      topics[i] = "out" + i + "-" + jobs;
      Topics.create(servers, topics[i], 1);
    }
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap.servers", servers);
    options.put("kafka.group.id", "whole" + jobs);
    options.put("kafka.start-from", "earliest");
    options.put("kafka.stop-at-end", "true");
    options.put("input.topics", mix.topic());
    options.put("output.kills.topic", topics[0]);
    options.put("output.signals.topic", topics[1]);
    options.put("output.blocks.topic", topics[2]);
    options.put("output.dead-letters.topic", topics[3]);
    StreamExecutionEnvironment env = environment();
    KafkaPipeline.build(env, JobConfig.of(options));
    execute(env);
    int kills =
        TopicReader.readAll(servers, topics[0], TopicReader.Isolation.READ_COMMITTED).size();
    if (kills != written.blocks()) {
      throw new IllegalStateException(
          "the job found " + kills + " kills in " + written.blocks() + " blocks");
    }
  }

  private void execute(StreamExecutionEnvironment env) throws Exception {
    jobs++;
    cluster.executeJobBlocking(env.getStreamGraph().getJobGraph());
  }

  private static StreamExecutionEnvironment environment() {
    Configuration conf = new Configuration();
    conf.set(PipelineOptions.GENERIC_TYPES, false);
    conf.set(PipelineOptions.OBJECT_REUSE, true);
    conf.set(CoreOptions.DEFAULT_PARALLELISM, 1);
    conf.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(5));
    return StreamExecutionEnvironment.getExecutionEnvironment(conf);
  }
}

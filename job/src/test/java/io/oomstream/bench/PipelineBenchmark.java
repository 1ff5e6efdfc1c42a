package io.oomstream.bench;

import io.oomstream.config.JobConfig;
import io.oomstream.format.line.RawRecord;
import io.oomstream.kafka.KafkaSettings;
import io.oomstream.kafka.local.LocalBroker;
import io.oomstream.kafka.local.TopicReader;
import io.oomstream.kafka.local.TopicWriter;
import io.oomstream.kafka.source.KernelLogSource;
import io.oomstream.kafka.source.SourceOptions;
import io.oomstream.lab.LabLogs;
import io.oomstream.pipeline.KafkaPipeline;
import io.oomstream.pipeline.OomPipeline;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * What the job costs: the whole pipeline between topics, against the same records read by a plain
 * consumer, by a job that does nothing, and by one into whose graph every record goes, all in one
 * run on the same broker. Only the ratios mean something.
 */
public final class PipelineBenchmark {

  private static final String LOGS = "kernel.logs";
  private static final int PARTITIONS = 2;
  private static final int ROUNDS = 3;

  /** Kafka's own settings of the consumer, and others. */
  private static final List<Map<String, String>> CLIENTS =
      List.of(
          Map.of(),
          Map.of("max.poll.records", "4000"),
          Map.of("max.partition.fetch.bytes", "4194304"));

  private PipelineBenchmark() {}

  /**
   * Runs it.
   *
   * @param args records to send, 2000000 if not given
   */
  public static void main(String[] args) throws Exception {
    int records = args.length > 0 ? Integer.parseInt(args[0]) : 2_000_000;
    try (LocalBroker broker = LocalBroker.start()) {
      broker.createTopic(LOGS, PARTITIONS);
      long bytes = send(broker.bootstrapServers(), records);
      System.out.printf(
          "%d records, %d bytes each on average, %d partitions%n",
          records, bytes / records, PARTITIONS);
      for (int round = 1; round <= ROUNDS; round++) {
        Cost consumer = cost(records, () -> consume(broker.bootstrapServers(), records));
        Cost identity = cost(records, () -> identity(broker.bootstrapServers()));
        System.out.printf("round %d: plain consumer %s%n", round, consumer);
        System.out.printf("round %d: source to nowhere %s%n", round, identity);
        print(
            round,
            "every record in the graph",
            cost(records, () -> inGraph(broker.bootstrapServers())),
            identity,
            consumer);
        for (int i = 0; i < CLIENTS.size(); i++) {
          String name = round + "-" + i;
          Map<String, String> client = CLIENTS.get(i);
          Cost whole = cost(records, () -> whole(broker, name, client));
          print(round, "whole job " + client, whole, identity, consumer);
        }
      }
    }
    System.exit(0);
  }

  private static void print(int round, String what, Cost cost, Cost identity, Cost consumer) {
    System.out.printf(
        "round %d: %s %s; by rate %.2f of source to nowhere, %.2f of the consumer; by CPU time"
            + " %.2f and %.2f%n",
        round,
        what,
        cost,
        cost.rate() / identity.rate(),
        cost.rate() / consumer.rate(),
        identity.cpuNs() / cost.cpuNs(),
        consumer.cpuNs() / cost.cpuNs());
  }

  /**
   * What a run costs, the broker included.
   *
   * @param rate records a second
   * @param cpuNs of the whole process for a record: other work on the machine counts less in it
   */
  private record Cost(double rate, double cpuNs) {
    @Override
    public String toString() {
      return String.format("%.2f M/s, %.0f ns of CPU a record", rate / 1e6, cpuNs);
    }
  }

  private interface Run {
    void run() throws Exception;
  }

  private static Cost cost(int records, Run run) throws Exception {
    long cpu = cpu();
    long begin = System.nanoTime();
    run.run();
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Cost(records / seconds, (double) (cpu() - cpu) / records);
  }

  /** Of the whole process; nanoseconds. */
  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Numbers and times rise, as a kernel's do. */
  private static byte[] chatter(long sequence, long kernelUs) {
    return ("6," + sequence + "," + kernelUs + ",-;" + Chatter.text((int) sequence))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Ordinary chatter, and one real report for each 20 000 records. */
  private static long send(String servers, int records) {
    List<byte[]> report = LabLogs.one("6.12.117+deb13-amd64", "03-memcg2-kube", "kmsg.log").lines();
    String[] last =
        new String(report.get(report.size() - 1), StandardCharsets.ISO_8859_1).split(",");
    long sequence = Long.parseLong(last[1]);
    long kernelUs = Long.parseLong(last[2]);
    long bytes = 0;
    try (TopicWriter writer = new TopicWriter(servers)) {
      for (int i = 0; i < records; i++) {
        int later = i % 20_000 - report.size();
        byte[] value =
            later < 0
                ? report.get(i % 20_000)
                : chatter(sequence + 1 + later, kernelUs + 1_000L * (1 + later));
        bytes += value.length;
        byte[] host = ("host" + i / 20_000).getBytes(StandardCharsets.UTF_8);
        writer.send(LOGS, i / 20_000 % PARTITIONS, host, value, 1_700_000_000_000L + i, Map.of());
      }
      writer.flush();
    }
    return bytes;
  }

  private static void consume(String servers, int records) {
    try (TopicReader reader =
        new TopicReader(servers, List.of(LOGS), TopicReader.Isolation.READ_UNCOMMITTED)) {
      reader.drain(records);
    }
  }

  private static void identity(String servers) throws Exception {
    StreamExecutionEnvironment env = environment();
    SourceOptions source = source();
    DataStream<RawRecord> records =
        env.fromSource(
            KernelLogSource.create(new KafkaSettings(servers, "identity", Map.of()), source),
            KernelLogSource.watermarks(source),
            "kernel logs");
    records.sinkTo(new DiscardingSink<>());
    env.execute("identity");
  }

  /** The job, but with every record decoded and classified behind the source, in the graph. */
  private static void inGraph(String servers) throws Exception {
    JobConfig config = JobConfig.defaults();
    StreamExecutionEnvironment env = environment();
    SourceOptions source = source();
    OomPipeline.build(
        OomPipeline.read(
            env.fromSource(
                KernelLogSource.create(new KafkaSettings(servers, "graph", Map.of()), source),
                KernelLogSource.watermarks(source),
                "kernel logs"),
            config),
        config,
        new OomPipeline.Sinks(
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>()));
    env.execute("in the graph");
  }

  private static void whole(LocalBroker broker, String round, Map<String, String> client)
      throws Exception {
    String[] topics = {"kills" + round, "signals" + round, "blocks" + round, "dead" + round};
    for (String topic : topics) {
      broker.createTopic(topic, 1);
    }
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap.servers", broker.bootstrapServers());
    options.put("kafka.group.id", "whole" + round);
    options.put("kafka.start-from", "earliest");
    options.put("kafka.stop-at-end", "true");
    options.put("input.topics", LOGS);
    options.put("output.kills.topic", topics[0]);
    options.put("output.signals.topic", topics[1]);
    options.put("output.blocks.topic", topics[2]);
    options.put("output.dead-letters.topic", topics[3]);
    client.forEach((name, value) -> options.put(KafkaSettings.PREFIX + name, value));
    JobConfig config = JobConfig.of(options);
    StreamExecutionEnvironment env = environment();
    KafkaPipeline.build(env, config);
    env.execute("whole");
    if (TopicReader.readAll(
            broker.bootstrapServers(), topics[0], TopicReader.Isolation.READ_COMMITTED)
        .isEmpty()) {
      throw new IllegalStateException("the job found no kill");
    }
  }

  private static SourceOptions source() {
    return new SourceOptions(
        List.of(LOGS),
        SourceOptions.Start.EARLIEST,
        true,
        Duration.ofSeconds(2),
        Duration.ofSeconds(10));
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

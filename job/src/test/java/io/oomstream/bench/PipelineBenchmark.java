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
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
 * consumer and by a job that does nothing, all in one run on the same broker. Only the ratios mean
 * something.
 */
public final class PipelineBenchmark {

  private static final String LOGS = "kernel.logs";
  private static final int PARTITIONS = 2;

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
      for (int round = 1; round <= 3; round++) {
        long before = cpu();
        double raw = rate(records, () -> consume(broker.bootstrapServers(), records));
        long consumer = cpu() - before;
        double identity = rate(records, () -> identity(broker.bootstrapServers()));
        int number = round;
        before = cpu();
        double whole = rate(records, () -> whole(broker, number));
        long job = cpu() - before;
        System.out.printf(
            "round %d: consumer %.2f M/s; identity job %.2f M/s = %.2f of it; whole job %.2f M/s ="
                + " %.2f of the consumer, %.2f of the identity job%n",
            round,
            raw / 1e6,
            identity / 1e6,
            identity / raw,
            whole / 1e6,
            whole / raw,
            whole / identity);
        System.out.printf(
            "round %d, by CPU time: whole job with the broker %.2f M lines a core and second;"
                + " without what broker and consumer take %.2f%n",
            round, records / (job / 1e3), records / (Math.max(1, job - consumer) / 1e3));
      }
    }
    System.exit(0);
  }

  private interface Run {
    void run() throws Exception;
  }

  private static double rate(int records, Run run) throws Exception {
    long begin = System.nanoTime();
    run.run();
    return records / ((System.nanoTime() - begin) / 1e9);
  }

  /** Of the whole process, so that other work on the machine counts less; nanoseconds. */
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
    SourceOptions source =
        new SourceOptions(
            List.of(LOGS),
            SourceOptions.Start.EARLIEST,
            true,
            Duration.ofSeconds(2),
            Duration.ofSeconds(10));
    DataStream<RawRecord> records =
        env.fromSource(
            KernelLogSource.create(new KafkaSettings(servers, "identity", Map.of()), source),
            KernelLogSource.watermarks(source),
            "kernel logs");
    records.sinkTo(new DiscardingSink<>());
    env.execute("identity");
  }

  private static void whole(LocalBroker broker, int round) throws Exception {
    String[] topics = {"kills" + round, "signals" + round, "blocks" + round, "dead" + round};
    for (String topic : topics) {
      broker.createTopic(topic, 1);
    }
    JobConfig config =
        JobConfig.of(
            Map.of(
                "kafka.bootstrap.servers",
                broker.bootstrapServers(),
                "kafka.group.id",
                "whole" + round,
                "kafka.start-from",
                "earliest",
                "kafka.stop-at-end",
                "true",
                "input.topics",
                LOGS,
                "output.kills.topic",
                topics[0],
                "output.signals.topic",
                topics[1],
                "output.blocks.topic",
                topics[2],
                "output.dead-letters.topic",
                topics[3]));
    StreamExecutionEnvironment env = environment();
    KafkaPipeline.build(env, config);
    env.execute("whole");
    if (TopicReader.readAll(
            broker.bootstrapServers(), topics[0], TopicReader.Isolation.READ_COMMITTED)
        .isEmpty()) {
      throw new IllegalStateException("the job found no kill");
    }
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

package io.oomstream.cli;

import io.oomstream.cli.demo.DemoStory;
import io.oomstream.cli.demo.GrowingHost;
import io.oomstream.cli.demo.SampleCatalogue;
import io.oomstream.cli.demo.SampleFleet;
import io.oomstream.cli.input.UnusableInput;
import io.oomstream.cli.shell.ExitCode;
import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
import io.oomstream.kafka.local.LocalBroker;
import io.oomstream.kafka.local.TopicReader;
import io.oomstream.kafka.local.TopicWriter;
import io.oomstream.pipeline.KafkaPipeline;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code oomstream demo}: the whole way, through a real broker, in one process. */
@Command(
    name = "demo",
    header =
        "Show what the job makes of a small fleet's logs, with a broker and a Flink of its own.",
    description =
        "Start a Kafka broker and an embedded Flink in this process, send the logs of samples/"
            + " through the topics and print what a consumer of the output topics sees.",
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {

  private static final String SNAPSHOTS = OomOptions.SNAPSHOT_TOPICS.defaultValue().get(0);
  private static final String WORKLOADS = "kernel.workloads";
  private static final int PARTITIONS = 4;
  private static final long A_WHILE_MS = 3_600_000;

  /**
   * Longer than what is not in the catalogue waits for it, and less than a wrong clock's minute.
   */
  private static final long AFTERWARDS_MS = 20_000;

  private static final Duration QUIET = Duration.ofSeconds(8);
  private static final Duration LONGEST = Duration.ofMinutes(2);

  @Mixin private HelpOptions help = new HelpOptions();

  @Option(
      names = "--samples",
      paramLabel = "FOLDER",
      description = "Logs to send, one host a file. Default: samples/ of the checkout")
  private String samples = System.getProperty("oomstream.samples", "samples");

  @Option(
      names = "--keep",
      description = "Keep the broker and the job running until interrupted; more logs may be sent")
  private boolean keep;

  @Option(names = "--blocks", description = "Count the events of whole blocks too")
  private boolean blocks;

  @Override
  public Integer call() throws Exception {
    Path folder = Path.of(samples);
    if (!Files.isDirectory(folder)) {
      throw new UnusableInput(samples + ": no such folder; name one with --samples");
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (LocalBroker broker = LocalBroker.start()) {
      JobConfig config = config(broker.bootstrapServers());
      broker.createTopic(OomOptions.INPUT_TOPICS.defaultValue().get(0), PARTITIONS);
      outputTopics(config).forEach(topic -> broker.createTopic(topic, 1));
      broker.createTopic(SNAPSHOTS, 1);
      broker.createTopic(WORKLOADS, 1);
      int sent = send(broker.bootstrapServers(), folder);
      out.printf(
          "A fleet of %d hosts: %d kernel lines, half a day of one host's memory and the names of"
              + " its%ncontainers, sent to the Kafka broker at %s. What the job makes of them, by"
              + " host:%n%n",
          SampleFleet.hosts(folder) + 1, sent, broker.bootstrapServers());
      StreamExecutionEnvironment env = EmbeddedFlink.unbounded(2, Duration.ofSeconds(1));
      KafkaPipeline.build(env, config);
      JobClient job = env.executeAsync("oomstream demo");
      int events = follow(broker.bootstrapServers(), config, new DemoStory(out, blocks), job);
      if (!keep) {
        job.cancel().get();
      }
      out.printf("%d events; the job read everything and stops.%n%n", events);
      out.println(
          "Next: ./oomstream analyze samples/slab-leak.kmsg   one of these logs, explained");
      out.println("      dmesg | ./oomstream analyze -                your own");
      out.println(
          "      ./oomstream demo --keep                      the same, and it takes more logs");
      out.println("      ./oomstream run --bootstrap-servers HOST:9092  the job on your Kafka");
      return events > 0 ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private int follow(String servers, JobConfig config, DemoStory story, JobClient job)
      throws Exception {
    long begin = System.nanoTime();
    long last = begin;
    int shown = 0;
    try (TopicReader reader =
        new TopicReader(servers, outputTopics(config), TopicReader.Isolation.READ_COMMITTED)) {
      while (keep || !isOver(story.events(), begin, last)) {
        int before = story.events();
        story.add(reader.poll(Duration.ofMillis(250)));
        if (story.events() > before) {
          last = System.nanoTime();
        } else if (keep && story.events() > shown && System.nanoTime() - last > QUIET.toNanos()) {
          shown = story.events();
          story.tell();
        }
        if (job.getJobStatus().get().isGloballyTerminalState()) {
          job.getJobExecutionResult().get();
          break;
        }
      }
    }
    story.tell();
    return story.events();
  }

  private static boolean isOver(int events, long begin, long last) {
    long now = System.nanoTime();
    return (events > 0 && now - last > QUIET.toNanos()) || now - begin > LONGEST.toNanos();
  }

  private static int send(String servers, Path folder) throws IOException {
    List<byte[]> records = SampleFleet.records(folder);
    long now = System.currentTimeMillis();
    try (TopicWriter writer = new TopicWriter(servers)) {
      for (int i = 0; i < records.size(); i++) {
        writer.send(
            OomOptions.INPUT_TOPICS.defaultValue().get(0),
            i % PARTITIONS,
            null,
            records.get(i),
            now + i,
            Map.of());
      }
      for (GrowingHost.Sample sample : GrowingHost.until(now)) {
        writer.send(SNAPSHOTS, 0, null, sample.value(), sample.time(), Map.of());
      }
      List<SampleCatalogue.Entry> catalogue = SampleCatalogue.startedAt(now - A_WHILE_MS);
      for (SampleCatalogue.Entry entry : catalogue) {
        writer.send(WORKLOADS, 0, entry.key(), entry.value(), now, Map.of());
      }
      goOn(writer, catalogue, now + records.size() + AFTERWARDS_MS);
      writer.flush();
    }
    return records.size();
  }

  /** A fleet goes on: its event time passes what was sent, so nothing waits for more. */
  private static void goOn(TopicWriter writer, List<SampleCatalogue.Entry> catalogue, long time) {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      writer.send(
          OomOptions.INPUT_TOPICS.defaultValue().get(0),
          partition,
          null,
          SampleFleet.chatter(),
          time,
          Map.of());
    }
    SampleCatalogue.Entry again = catalogue.get(0);
    writer.send(WORKLOADS, 0, again.key(), again.value(), time, Map.of());
  }

  private static List<String> outputTopics(JobConfig config) {
    return List.of(
        config.get(OomOptions.KILLS_TOPIC),
        config.get(OomOptions.SIGNALS_TOPIC),
        config.get(OomOptions.BLOCKS_TOPIC),
        config.get(OomOptions.DEAD_LETTERS_TOPIC));
  }

  private static JobConfig config(String servers) throws Exception {
    Map<String, String> options = new LinkedHashMap<>();
    options.put(OomOptions.BOOTSTRAP_SERVERS.key(), servers);
    options.put(OomOptions.START_FROM.key(), "earliest");
    options.put(OomOptions.WORKLOADS_TOPIC.key(), WORKLOADS);
    // The catalogue says no more after its few records: event time need not wait for it.
    options.put(OomOptions.INPUT_IDLENESS.key(), "2 s");
    return JobConfig.of(options);
  }
}

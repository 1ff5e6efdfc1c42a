package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.config.JobConfig;
import io.oomstream.format.line.RawRecord;
import io.oomstream.kafka.local.ConsumedRecord;
import io.oomstream.kafka.local.LocalBroker;
import io.oomstream.kafka.local.TopicWriter;
import io.oomstream.lab.LabLogs;
import io.oomstream.pipeline.KafkaPipeline;
import io.oomstream.pipeline.LocalCluster;
import io.oomstream.pipeline.RunTopics;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two hundred hosts over eight partitions of a real broker, shuffled within the settling time, some
 * records twice: the events on the output topics are those of the ordered log.
 */
class BrokerOrderTest {

  private static final int HOSTS = 200;
  private static final int PARTITIONS = 8;
  private static final long SETTLING_MS = 5_000;

  /** Where a line stands is all that another order in the topic may change. */
  private static final Pattern PLACES =
      Pattern.compile("\"topic\":\"[a-z.]+\",\"partition\":\\d+,\"offset\":\\d+");

  @RegisterExtension static final MiniClusterExtension FLINK = LocalCluster.withSlots(3);

  @Test
  void theEventsAreThoseOfTheOrderedLog() throws Exception {
    Deliveries ordered = Deliveries.inOrder(fleet(), PARTITIONS, 50, 0);
    Deliveries disturbed = ordered.disturbed(7, SETTLING_MS, 0.05);
    assertThat(disturbed.all()).hasSizeGreaterThan(ordered.all().size() * 104 / 100);
    try (LocalBroker broker = LocalBroker.start()) {
      send(broker, "ordered", ordered);
      send(broker, "disturbed", disturbed);

      Map<String, String> expected = run(broker, "ordered", 1);
      Map<String, String> one = run(broker, "disturbed", 1);
      OrderProperties.assertSame(run(broker, "disturbed", 3), one);
      OrderProperties.assertSame(withoutPlaces(one), withoutPlaces(expected));
      assertThat(expected.keySet().stream().filter(id -> id.startsWith("KILL")).count())
          .isGreaterThan(HOSTS);
    }
  }

  /** Each log from a little before its first report on. */
  private static List<LabLogs.LabLog> fleet() {
    List<LabLogs.LabLog> logs =
        List.of(
            fromReport(LabLogs.one("6.12.117+deb13-amd64", "03-memcg2-kube", "kmsg.log")),
            fromReport(LabLogs.one("6.1.0-50-arm64", "05-oom-group", "kmsg.log")),
            fromReport(LabLogs.one("6.1.0-50-amd64", "24-interleaved", "kmsg.log")),
            fromReport(LabLogs.one("6.1.0-50-amd64", "01-global-noswap", "kmsg.log")));
    List<LabLogs.LabLog> hosts = new ArrayList<>();
    for (int i = 0; i < HOSTS; i++) {
      hosts.add(logs.get(i % logs.size()));
    }
    return hosts;
  }

  private static LabLogs.LabLog fromReport(LabLogs.LabLog log) {
    List<byte[]> lines = log.lines();
    int report = 0;
    while (!new String(lines.get(report), StandardCharsets.ISO_8859_1)
        .contains("invoked oom-killer")) {
      report++;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] line : lines.subList(Math.max(0, report - 10), lines.size())) {
      bytes.writeBytes(line);
      bytes.write('\n');
    }
    return new LabLogs.LabLog(
        log.kernel(), log.scenario(), log.form(), bytes.toByteArray(), log.truth());
  }

  private static void send(LocalBroker broker, String topic, Deliveries deliveries)
      throws Exception {
    broker.createTopic(topic, PARTITIONS);
    try (TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
      for (Deliveries.Delivery delivery : deliveries.all()) {
        RawRecord record = delivery.record();
        writer.send(
            topic, record.partition(), null, record.value(), record.timestamp(), record.headers());
      }
      writer.flush();
    }
  }

  /** All events by type and id. */
  private static Map<String, String> run(LocalBroker broker, String logs, int parallelism)
      throws Exception {
    String name = logs + "." + (parallelism == 1 ? "one" : "many");
    RunTopics topics = RunTopics.create(broker, name, 2);
    Map<String, String> options = topics.options();
    options.put("input.topics", logs);
    Configuration flink = new Configuration();
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    KafkaPipeline.build(env, JobConfig.of(options));
    env.execute(name);

    Map<String, String> events = new TreeMap<>();
    for (ConsumedRecord record : topics.events()) {
      String id = RunTopics.typeOf(record) + " " + record.header("ce_id");
      assertThat(events.put(id, record.valueText())).as("twice: " + id).isNull();
    }
    return events;
  }

  private static Map<String, String> withoutPlaces(Map<String, String> events) {
    Map<String, String> without = new TreeMap<>();
    events.forEach((id, event) -> without.put(id, PLACES.matcher(event).replaceAll("")));
    return without;
  }
}

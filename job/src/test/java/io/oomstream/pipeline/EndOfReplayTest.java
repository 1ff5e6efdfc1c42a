package io.oomstream.pipeline;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.config.JobConfig;
import io.oomstream.event.EventJson;
import io.oomstream.kafka.local.ConsumedRecord;
import io.oomstream.kafka.local.LocalBroker;
import io.oomstream.kafka.local.TopicWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A replay that ends says the same of its last reports, whether it was read at once or slowly. */
class EndOfReplayTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final String WITHOUT_END =
      "4,%d,1000000,-;java: page allocation failure: order:4, mode:0x40cc0(GFP_KERNEL|__GFP_COMP)";
  private static final String CHATTER = "6,%d,1000000,-;usb 1-1: new high-speed USB device";

  @RegisterExtension static final MiniClusterExtension FLINK = LocalCluster.withSlots(2);

  /** Flink looks at event time every so often, here also never before the end. */
  @ParameterizedTest
  @CsvSource({"1, 3600000", "2, 3600000", "2, 1"})
  void whatEventTimeHadPassedIsNotCutByTheEnd(int parallelism, long lookEveryMs) throws Exception {
    try (LocalBroker broker = LocalBroker.start()) {
      broker.createTopic("logs", 2);
      try (TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
        send(writer, 0, "passed", WITHOUT_END, T0);
        send(writer, 1, "also-passed", WITHOUT_END, T0);
        send(writer, 0, "chatter", CHATTER, T0 + 10 * MINUTE);
        send(writer, 1, "chatter", CHATTER, T0 + 10 * MINUTE);
        send(writer, 1, "open", WITHOUT_END, T0 + 10 * MINUTE);
      }
      RunTopics topics = RunTopics.create(broker, "replay", 1);
      Map<String, String> options = topics.options();
      options.put("input.topics", "logs");
      Configuration flink = new Configuration();
      flink.set(PipelineOptions.GENERIC_TYPES, false);
      flink.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(lookEveryMs));
      flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
      StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
      KafkaPipeline.build(env, JobConfig.of(options));
      env.execute("replay");

      Map<String, String> closedBy = new TreeMap<>();
      for (ConsumedRecord event : topics.events()) {
        JsonNode json = EventJson.parse(requireNonNull(event.value()));
        closedBy.put(json.at("/host/name").asText(), json.at("/block/closedBy").asText());
      }
      assertThat(closedBy)
          .containsEntry("passed", "GAP")
          .containsEntry("also-passed", "GAP")
          .containsEntry("open", "END_OF_INPUT");
    }
  }

  private static void send(TopicWriter writer, int partition, String host, String line, long time) {
    byte[] value = String.format(line, 1).getBytes(StandardCharsets.UTF_8);
    writer.send("logs", partition, host.getBytes(StandardCharsets.UTF_8), value, time, Map.of());
  }
}

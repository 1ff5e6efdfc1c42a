package io.oomstream.kafka;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.event.EventJson;
import io.oomstream.event.EventTrimTest;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import io.oomstream.kafka.local.ConsumedRecord;
import io.oomstream.kafka.local.LocalBroker;
import io.oomstream.kafka.local.TopicReader;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An event that is larger than its topic takes arrives all the same, and is counted. */
class RecordLimitTest {

  private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension
  private static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .setConfiguration(REPORTER.addToConfiguration(new Configuration()))
              .build());

  private static LocalBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = LocalBroker.start();
  }

  @AfterAll
  static void closeBroker() {
    broker.close();
  }

  @ParameterizedTest
  @EnumSource(SinkOptions.Delivery.class)
  void aTooLargeEventIsTrimmedAndCounted(SinkOptions.Delivery delivery) throws Exception {
    String name = "limit-" + delivery.name().toLowerCase(Locale.ROOT).replace('_', '-');
    broker.createTopic(name, 1);
    OutgoingEvent large = largeBlock();
    StreamExecutionEnvironment env = KafkaJobs.environment(0);
    env.setParallelism(1);
    env.fromData(TypeInformation.of(OutgoingEvent.class), large)
        .sinkTo(
            EventSink.create(
                KafkaJobs.settings(broker, name), SinkOptions.of(delivery, name), "blocks", name))
        .name(name);
    JobID job = env.execute(name).getJobID();

    List<ConsumedRecord> read =
        TopicReader.readAll(broker.bootstrapServers(), name, TopicReader.Isolation.READ_COMMITTED);
    assertThat(read).hasSize(1);
    byte[] data = requireNonNull(read.get(0).value());
    SchemaAssert.assertValid(OutgoingEvent.Type.BLOCK, data);
    assertThat(read.get(0).header("ce_id")).isEqualTo("large");
    assertThat(EventJson.parse(data).path("trimmed").toString())
        .isEqualTo("[\"tasks.rows\",\"tasks.byComm\",\"lines\"]");
    assertThat(data.length).isGreaterThan(400_000);
    assertThat(REPORTER.findMetrics(job, EventSink.TOO_LARGE).values())
        .extracting(metric -> ((Counter) metric).getCount())
        .containsExactly(1L);
  }

  private static OutgoingEvent largeBlock() {
    ObjectNode data = EventTrimTest.data(OutgoingEvent.Type.BLOCK);
    ArrayNode lines = data.putArray("lines");
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      lines.add(
          Long.toString(random.nextLong(), 36)
              + Long.toString(random.nextLong(), 36)
              + Long.toString(random.nextLong(), 36)
              + Long.toString(random.nextLong(), 36)
              + Long.toString(random.nextLong(), 36)
              + Long.toString(random.nextLong(), 36)
              + Long.toString(random.nextLong(), 36)
              + Long.toString(random.nextLong(), 36));
    }
    return new OutgoingEvent(
        OutgoingEvent.Type.BLOCK, "large", null, "/test", null, null, EventJson.toBytes(data));
  }
}

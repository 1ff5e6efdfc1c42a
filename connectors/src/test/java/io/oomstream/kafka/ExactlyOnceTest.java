package io.oomstream.kafka;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.OutgoingEvent;
import io.oomstream.format.line.RawRecord;
import io.oomstream.kafka.SinkOptions.Delivery;
import io.oomstream.kafka.local.LocalBroker;
import io.oomstream.kafka.local.TopicReader;
import io.oomstream.kafka.local.TopicReader.Isolation;
import io.oomstream.kafka.local.TopicWriter;
import io.oomstream.kafka.source.KernelLogSource;
import io.oomstream.kafka.source.SourceOptions;
import io.oomstream.kafka.source.SourceOptions.Start;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Transactions against a real broker. This also guards the pin of kafka-clients: a client that is
 * too new for the connector fails here, at the first checkpoint, and nowhere else.
 */
@Timeout(120)
class ExactlyOnceTest {
  @RegisterExtension static final MiniClusterExtension FLINK = KafkaJobs.cluster();

  private static final int HALF = 300;
  private static final String POISON = Integer.toString(HALF + HALF / 2);
  private static final AtomicBoolean FAILED = new AtomicBoolean();

  private static LocalBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = LocalBroker.start();
  }

  @AfterAll
  static void closeBroker() {
    broker.close();
  }

  @Test
  void everyEventOnceAlthoughTheJobFails() throws Exception {
    broker.createTopic("in", 2);
    broker.createTopic("out", 2);
    KafkaSettings settings = KafkaJobs.settings(broker, "exactly-once");
    SourceOptions source = KafkaJobs.read("in", Start.EARLIEST, false);
    StreamExecutionEnvironment env = KafkaJobs.environment(1);
    env.fromSource(
            KernelLogSource.create(settings, source), KernelLogSource.watermarks(source), "in")
        .map(ExactlyOnceTest::eventOrFailure)
        .returns(TypeInformation.of(OutgoingEvent.class))
        .sinkTo(
            EventSink.create(
                settings, SinkOptions.of(Delivery.EXACTLY_ONCE, "job-1"), "kills", "out"));

    try (TopicReader consumer =
        new TopicReader(broker.bootstrapServers(), List.of("out"), Isolation.READ_COMMITTED)) {
      JobClient job = env.executeAsync("exactly once");
      try {
        write(0, HALF);
        // Committed records are seen: a checkpoint has completed before the failure.
        List<String> seen = new ArrayList<>(poll(consumer, HALF));
        assertThat(FAILED).isFalse();
        write(HALF, 2 * HALF);
        seen.addAll(poll(consumer, HALF));

        assertThat(FAILED).isTrue();
        assertThat(seen).containsExactlyInAnyOrderElementsOf(ids(0, 2 * HALF));
      } finally {
        job.cancel().get();
      }
    }
    // Nothing was committed behind what the consumer waited for.
    assertThat(TopicReader.readAll(broker.bootstrapServers(), "out", Isolation.READ_COMMITTED))
        .extracting(r -> r.header("ce_id"))
        .containsExactlyInAnyOrderElementsOf(ids(0, 2 * HALF));
  }

  @Test
  void theEndOfABoundedJobCommitsTheRest() throws Exception {
    broker.createTopic("bounded-in", 1);
    broker.createTopic("bounded-out", 1);
    try (TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
      writer.send("bounded-in", 0, null, bytes("a"), null, Map.of());
    }
    KafkaSettings settings = KafkaJobs.settings(broker, "bounded");
    SourceOptions source = KafkaJobs.read("bounded-in", Start.EARLIEST, true);
    StreamExecutionEnvironment env = KafkaJobs.environment(0);
    env.fromSource(
            KernelLogSource.create(settings, source), KernelLogSource.watermarks(source), "in")
        .map(ExactlyOnceTest::event)
        .returns(TypeInformation.of(OutgoingEvent.class))
        .sinkTo(
            EventSink.create(
                settings, SinkOptions.of(Delivery.EXACTLY_ONCE, "job-2"), "kills", "bounded-out"));

    env.execute("bounded");

    assertThat(
            TopicReader.readAll(broker.bootstrapServers(), "bounded-out", Isolation.READ_COMMITTED))
        .extracting(r -> r.header("ce_id"))
        .containsExactly("a");
  }

  private static OutgoingEvent eventOrFailure(RawRecord raw) {
    OutgoingEvent event = event(raw);
    if (event.id().equals(POISON) && FAILED.compareAndSet(false, true)) {
      throw new IllegalStateException("fails once, on purpose");
    }
    return event;
  }

  private static OutgoingEvent event(RawRecord raw) {
    String id = new String(requireNonNull(raw.value()), StandardCharsets.UTF_8);
    return new OutgoingEvent(
        OutgoingEvent.Type.KILL, id, id, "/test", null, null, bytes("{\"n\":\"" + id + "\"}"));
  }

  private static List<String> poll(TopicReader consumer, int count) {
    List<String> seen = new ArrayList<>();
    while (seen.size() < count) {
      consumer.poll(Duration.ofMillis(100)).forEach(r -> seen.add(r.header("ce_id")));
    }
    return seen;
  }

  private static void write(int from, int to) {
    try (TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
      for (int i = from; i < to; i++) {
        writer.send("in", i % 2, null, bytes(Integer.toString(i)), null, Map.of());
      }
    }
  }

  private static List<String> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

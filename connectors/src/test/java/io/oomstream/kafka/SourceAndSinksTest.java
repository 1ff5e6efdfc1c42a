package io.oomstream.kafka;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.Privacy;
import io.oomstream.event.StructuredEvent;
import io.oomstream.format.line.RawRecord;
import io.oomstream.kafka.SinkOptions.Delivery;
import io.oomstream.kafka.local.ConsumedRecord;
import io.oomstream.kafka.local.LocalBroker;
import io.oomstream.kafka.local.TopicReader;
import io.oomstream.kafka.local.TopicReader.Isolation;
import io.oomstream.kafka.local.TopicWriter;
import io.oomstream.kafka.source.KernelLogSource;
import io.oomstream.kafka.source.SourceOptions;
import io.oomstream.kafka.source.SourceOptions.Start;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SourceAndSinksTest {
  @RegisterExtension static final MiniClusterExtension FLINK = KafkaJobs.cluster();

  private static final int RECORDS = 500;
  private static final long T0 = 1_700_000_000_000L;

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
  void readsEveryRecordAsItIs() throws Exception {
    List<RawRecord> written = writeGarbage("in");

    List<RawRecord> read =
        collect(KafkaJobs.settings(broker, "raw"), KafkaJobs.read("in", Start.EARLIEST, true));

    assertThat(read).usingRecursiveFieldByFieldElementComparator().isEqualTo(written);
    assertThat(read).anyMatch(r -> r.value() == null).anyMatch(r -> r.key() == null);
    assertThat(read).anyMatch(r -> r.headers().isEmpty()).anyMatch(r -> r.headers().size() == 2);
  }

  @Test
  void aTopicThatDoesNotExistIsNotRead() throws Exception {
    broker.createTopic("logs-a", 1);
    write("logs-a", "a");
    SourceOptions both =
        new SourceOptions(
            List.of("logs-a", "logs-gone"), Start.EARLIEST, true, Duration.ZERO, Duration.ZERO);

    assertThat(collect(KafkaJobs.settings(broker, "both"), both))
        .extracting(r -> text(r.value()))
        .containsExactly("a");
  }

  @Test
  void aBoundedSourceOfNothingEnds() throws Exception {
    KafkaSettings settings = KafkaJobs.settings(broker, "nothing");
    for (List<String> topics : List.of(List.<String>of(), List.of("logs-gone", "other-gone"))) {
      SourceOptions nothing =
          new SourceOptions(topics, Start.EARLIEST, true, Duration.ZERO, Duration.ZERO);

      assertThat(collect(settings, nothing)).as("%s", topics).isEmpty();
    }
  }

  @Test
  void committedOffsetsGoOnWhereTheGroupStands() throws Exception {
    broker.createTopic("resumed", 1);
    KafkaSettings settings = KafkaJobs.settings(broker, "resumed");
    SourceOptions committed = KafkaJobs.read("resumed", Start.COMMITTED, true);
    write("resumed", "one");
    write("resumed", "two");

    assertThat(collect(settings, committed))
        .as("the group stands nowhere")
        .extracting(r -> text(r.value()))
        .containsExactly("one", "two");
    try (Admin admin = Admin.create(settings.admin())) {
      TopicPartition partition = new TopicPartition("resumed", 0);
      admin
          .alterConsumerGroupOffsets(
              settings.groupId(), Map.of(partition, new OffsetAndMetadata(1)))
          .all()
          .get();
    }
    assertThat(collect(settings, committed))
        .extracting(r -> text(r.value()))
        .containsExactly("two");
    assertThat(collect(settings, KafkaJobs.read("resumed", Start.LATEST, true))).isEmpty();
    assertThat(collect(settings, KafkaJobs.read("resumed", Start.EARLIEST, true))).hasSize(2);
  }

  @Test
  void deadLettersKeepKeyAndValueByteForByte() throws Exception {
    List<RawRecord> written = writeGarbage("bad");
    broker.createTopic("dead", 1);
    KafkaSettings settings = KafkaJobs.settings(broker, "dead");
    SourceOptions source = KafkaJobs.read("bad", Start.EARLIEST, true);
    StreamExecutionEnvironment env = KafkaJobs.environment(0);
    env.fromSource(
            KernelLogSource.create(settings, source), KernelLogSource.watermarks(source), "in")
        .filter(raw -> raw.value() != null)
        .map(SourceAndSinksTest::deadLetter)
        .returns(TypeInformation.of(DeadLetter.class))
        .sinkTo(
            DeadLetterSink.create(
                settings, SinkOptions.of(Delivery.AT_LEAST_ONCE, "job"), "dead", "dead"));
    env.execute("dead letters");

    List<ConsumedRecord> dead =
        new ArrayList<>(
            TopicReader.readAll(broker.bootstrapServers(), "dead", Isolation.READ_COMMITTED));
    dead.sort(
        Comparator.comparing((ConsumedRecord r) -> Integer.valueOf(r.header("oomstream-partition")))
            .thenComparing(r -> Long.valueOf(r.header("oomstream-offset"))));
    List<RawRecord> expected = written.stream().filter(r -> r.value() != null).toList();
    assertThat(dead).hasSameSizeAs(expected);
    for (int i = 0; i < dead.size(); i++) {
      RawRecord original = expected.get(i);
      assertThat(dead.get(i).key()).isEqualTo(original.key());
      assertThat(dead.get(i).value()).isEqualTo(original.value());
      assertThat(headerTexts(dead.get(i)))
          .isEqualTo(
              Map.of(
                  "oomstream-reason",
                  "UNDECODABLE",
                  "oomstream-detail",
                  "no envelope: ä",
                  "oomstream-topic",
                  "bad",
                  "oomstream-partition",
                  "" + original.partition(),
                  "oomstream-offset",
                  "" + original.offset(),
                  "oomstream-timestamp",
                  "" + original.timestamp()));
    }
  }

  @Test
  void eventsAreCloudEventsInBinaryMode() throws Exception {
    broker.createTopic("events", 1);
    OutgoingEvent whole =
        new OutgoingEvent(
            OutgoingEvent.Type.KILL,
            "id-1",
            "wéb-1",
            "/hosts/web-1",
            "pid/5071",
            Instant.parse("1999-05-01T10:11:12.000123Z"),
            bytes("{\"a\":1}"));
    OutgoingEvent least =
        new OutgoingEvent(
            OutgoingEvent.Type.SIGNAL, "id-2", null, "/fleet", null, null, bytes("{}"));
    StreamExecutionEnvironment env = KafkaJobs.environment(0);
    env.setParallelism(1);
    env.fromData(TypeInformation.of(OutgoingEvent.class), whole, least)
        .sinkTo(
            EventSink.create(
                KafkaJobs.settings(broker, "events"),
                SinkOptions.of(Delivery.AT_LEAST_ONCE, "job"),
                "kills",
                "events"));
    long before = System.currentTimeMillis();
    env.execute("events");

    List<ConsumedRecord> events =
        TopicReader.readAll(broker.bootstrapServers(), "events", Isolation.READ_COMMITTED);
    assertThat(events).hasSize(2);
    assertThat(events.get(0).keyText()).isEqualTo("wéb-1");
    assertThat(events.get(0).valueText()).isEqualTo("{\"a\":1}");
    assertThat(events.get(0).timestamp()).isGreaterThanOrEqualTo(before);
    assertThat(headerTexts(events.get(0)))
        .isEqualTo(
            Map.of(
                "ce_specversion", "1.0",
                "ce_id", "id-1",
                "ce_type", "io.oomstream.kill.v1",
                "ce_source", "/hosts/web-1",
                "ce_time", "1999-05-01T10:11:12.000123Z",
                "ce_subject", "pid/5071",
                "ce_dataschema", "https://oomstream.io/schema/kill-1.0.json",
                "content-type", "application/json"));
    assertThat(events.get(1).key()).isNull();
    assertThat(headerTexts(events.get(1)))
        .isEqualTo(
            Map.of(
                "ce_specversion", "1.0",
                "ce_id", "id-2",
                "ce_type", "io.oomstream.signal.v1",
                "ce_source", "/fleet",
                "ce_dataschema", "https://oomstream.io/schema/signal-1.0.json",
                "content-type", "application/json"));
  }

  @Test
  void eventsAreCloudEventsInStructuredMode() throws Exception {
    broker.createTopic("structured", 1);
    OutgoingEvent event =
        new OutgoingEvent(
            OutgoingEvent.Type.KILL,
            "id-1",
            "web-1",
            "/hosts/web-1",
            "process/5071",
            Instant.parse("2026-05-01T10:11:12.000123Z"),
            bytes("{\"a\":1}"));
    SinkOptions options =
        new SinkOptions(
            Delivery.AT_LEAST_ONCE,
            "job",
            SinkOptions.DEFAULT_TRANSACTION_TIMEOUT,
            SinkOptions.DEFAULT_MAX_RECORD_BYTES,
            Privacy.OPEN,
            SinkOptions.ContentMode.STRUCTURED);
    StreamExecutionEnvironment env = KafkaJobs.environment(0);
    env.setParallelism(1);
    env.fromData(TypeInformation.of(OutgoingEvent.class), event)
        .sinkTo(
            EventSink.create(
                KafkaJobs.settings(broker, "structured"), options, "kills", "structured"));
    env.execute("structured events");

    List<ConsumedRecord> read =
        TopicReader.readAll(broker.bootstrapServers(), "structured", Isolation.READ_COMMITTED);
    assertThat(read).hasSize(1);
    assertThat(read.get(0).keyText()).isEqualTo("web-1");
    assertThat(headerTexts(read.get(0)))
        .isEqualTo(Map.of("content-type", "application/cloudevents+json"));
    assertThat(read.get(0).value()).isEqualTo(StructuredEvent.toBytes(event));
    assertThat(read.get(0).valueText())
        .contains("\"id\":\"id-1\"", "\"specversion\":\"1.0\"", "\"data\":{\"a\":1}");
  }

  @Test
  void whatTheTopicWouldRefuseDoesNotFailTheJob() throws Exception {
    broker.createTopic("large", 1);
    byte[] incompressible = new byte[1_500_000];
    new Random(3).nextBytes(incompressible);
    byte[] long1 = bytes("{\"lines\":\"" + "Out of memory ".repeat(400_000) + "\"}");
    KafkaSettings settings = KafkaJobs.settings(broker, "large");
    SinkOptions options = SinkOptions.of(Delivery.AT_LEAST_ONCE, "job");
    StreamExecutionEnvironment env = KafkaJobs.environment(0);
    env.setParallelism(1);
    env.fromData(
            TypeInformation.of(OutgoingEvent.class),
            block("refused", incompressible),
            block("taken", long1),
            block("too long for any client", new byte[25 << 20]))
        .sinkTo(EventSink.create(settings, options, "blocks", "large"));
    env.execute("large events");
    env.fromData(
            TypeInformation.of(DeadLetter.class),
            deadLetter(new RawRecord("t", 1, 2, 3, bytes("key"), incompressible, Map.of())))
        .sinkTo(DeadLetterSink.create(settings, options, "dead", "large"));
    env.execute("large dead letter");

    List<ConsumedRecord> read =
        TopicReader.readAll(broker.bootstrapServers(), "large", Isolation.READ_COMMITTED);
    assertThat(read).hasSize(2);
    assertThat(read.get(0).header("ce_id")).isEqualTo("taken");
    assertThat(read.get(0).value()).isEqualTo(long1);
    assertThat(read.get(1).value()).isEmpty();
    assertThat(read.get(1).key()).isNull();
    assertThat(read.get(1).header("oomstream-value-bytes")).isEqualTo("1500000");
    assertThat(read.get(1).header("oomstream-key-bytes")).isEqualTo("3");
    assertThat(read.get(1).header("oomstream-offset")).isEqualTo("2");
  }

  private static OutgoingEvent block(String id, byte[] data) {
    return new OutgoingEvent(OutgoingEvent.Type.BLOCK, id, null, "/test", null, null, data);
  }

  private static DeadLetter deadLetter(RawRecord raw) {
    return new DeadLetter(
        DeadLetter.Reason.UNDECODABLE,
        "no envelope: ä",
        null,
        null,
        raw.topic(),
        raw.partition(),
        raw.offset(),
        raw.timestamp(),
        raw.key(),
        requireNonNull(raw.value()));
  }

  /** Random bytes over two partitions: with and without key, value, headers. */
  private static List<RawRecord> writeGarbage(String topic) {
    broker.createTopic(topic, 2);
    Random random = new Random(7);
    List<RawRecord> written = new ArrayList<>();
    try (TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
      for (int i = 0; i < RECORDS; i++) {
        byte[] key = i % 3 == 0 ? null : garbage(random);
        byte[] value = i % 50 == 0 ? null : garbage(random);
        Map<String, byte[]> headers =
            i % 4 == 0 ? Map.of() : Map.of("h\u00e4", garbage(random), "e", new byte[0]);
        writer.send(topic, i % 2, key, value, T0 + i, headers);
        written.add(new RawRecord(topic, i % 2, i / 2, T0 + i, key, value, headers));
      }
    }
    written.sort(Comparator.comparingInt(RawRecord::partition));
    return written;
  }

  private static byte[] garbage(Random random) {
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void write(String topic, String value) {
    try (TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
      writer.send(topic, 0, null, bytes(value), null, Map.of());
    }
  }

  /** What comes out of the source, by topic, partition and offset. */
  private static List<RawRecord> collect(KafkaSettings settings, SourceOptions options)
      throws Exception {
    List<RawRecord> read = new ArrayList<>();
    try (CloseableIterator<RawRecord> out =
        KafkaJobs.environment(0)
            .fromSource(
                KernelLogSource.create(settings, options),
                KernelLogSource.watermarks(options),
                "in")
            .executeAndCollect()) {
      out.forEachRemaining(read::add);
    }
    read.sort(
        Comparator.comparing(RawRecord::topic)
            .thenComparingInt(RawRecord::partition)
            .thenComparingLong(RawRecord::offset));
    return read;
  }

  private static Map<String, @Nullable String> headerTexts(ConsumedRecord consumed) {
    Map<String, @Nullable String> texts = new LinkedHashMap<>();
    consumed.headers().forEach((name, value) -> texts.put(name, text(value)));
    return texts;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }
}

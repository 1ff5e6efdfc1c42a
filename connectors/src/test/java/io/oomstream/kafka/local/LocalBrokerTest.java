package io.oomstream.kafka.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.oomstream.kafka.KafkaSettings;
import io.oomstream.kafka.KafkaSetupException;
import io.oomstream.kafka.TopicCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir static Path dir;
  private static LocalBroker broker;

  /** Both ports of the first attempt, then the controller's of the second, are taken. */
  @BeforeAll
  static void startWhileOthersTakeThePorts() throws IOException {
    try (ServerSocket taken = listen();
        ServerSocket free1 = listen();
        ServerSocket free2 = listen();
        ServerSocket free3 = listen()) {
      Deque<Integer> ports =
          new ArrayDeque<>(
              List.of(
                  taken.getLocalPort(), free1.getLocalPort(),
                  free1.getLocalPort(), taken.getLocalPort(),
                  free2.getLocalPort(), free3.getLocalPort()));
      free1.close();
      free2.close();
      free3.close();
      broker = LocalBroker.start(dir, ports::remove);
      assertThat(ports).isEmpty();
    }
  }

  @AfterAll
  static void closeLeavesNothing() {
    broker.close();
    broker.close();
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void failedAttemptsLeaveNoFiles() {
    assertThat(dir.toFile().list()).hasSize(1);
  }

  @Test
  void writesAndReadsBackByPartitionAndOffset() {
    broker.createTopic("t", 2);
    try (TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
      writer.send("t", 1, null, new byte[] {1}, 5L, Map.of("h", new byte[] {9}));
      writer.send("t", 0, new byte[] {7}, null, 6L, Map.of());
      writer.send("t", 1, null, new byte[] {2}, 7L, Map.of());
    }

    List<ConsumedRecord> read = readAll("t");

    assertThat(read)
        .extracting(ConsumedRecord::partition, ConsumedRecord::offset, ConsumedRecord::timestamp)
        .containsExactly(tuple(0, 0L, 6L), tuple(1, 0L, 5L), tuple(1, 1L, 7L));
    assertThat(read.get(0).value()).isNull();
    assertThat(read.get(0).key()).containsExactly(7);
    assertThat(read.get(1).headers().get("h")).containsExactly(9);
  }

  @Test
  void emptyTopicReadsAsNothing() {
    broker.createTopic("empty", 3);

    assertThat(readAll("empty")).isEmpty();
  }

  @Test
  void writerSaysThatARecordDidNotArrive() {
    TopicWriter writer = new TopicWriter(broker.bootstrapServers());
    broker.createTopic("small", 1);
    writer.send("small", 0, null, new byte[4 << 20], null, Map.of());

    assertThatThrownBy(writer::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("record not written");
  }

  @Test
  void checkPassesForTopicsThatAreThere() {
    broker.createTopic("there-1", 1);
    broker.createTopic("there-2", 1);

    TopicCheck.require(settings(broker.bootstrapServers()), List.of("there-1", "there-2"), LONG);
  }

  @Test
  void checkNamesTheTopicsThatAreNot() {
    String servers = broker.bootstrapServers();
    broker.createTopic("known", 1);

    assertThatThrownBy(() -> TopicCheck.require(settings(servers), List.of("known", "nope"), LONG))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessage("topic nope does not exist on " + servers + ": create it or give other names");
    assertThatThrownBy(() -> TopicCheck.require(settings(servers), List.of("z", "a b"), LONG))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageStartingWith("topic 'a b' cannot exist")
        .matches(e -> !((KafkaSetupException) e).mayPass());
  }

  @Test
  void checkSaysThatKafkaIsNotThere() throws IOException {
    int port;
    try (ServerSocket socket = listen()) {
      port = socket.getLocalPort();
    }

    assertThatThrownBy(
            () ->
                TopicCheck.require(
                    settings("127.0.0.1:" + port), List.of("t"), Duration.ofMillis(500)))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageStartingWith("cannot reach Kafka at 127.0.0.1:" + port + " within 0.5 s: ");
  }

  @Test
  void checkSaysThatTheProtocolIsAnother() {
    KafkaSettings tls =
        new KafkaSettings(broker.bootstrapServers(), "g", Map.of("security.protocol", "SSL"));

    // Either the handshake fails, or the broker hangs up before it does.
    assertThatThrownBy(() -> TopicCheck.require(tls, List.of("t"), Duration.ofSeconds(1)))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageContaining(broker.bootstrapServers())
        .hasMessageContaining("check")
        .hasMessageContaining(KafkaSettings.PREFIX + "security.protocol")
        .hasMessageNotContaining("\n");
  }

  /** Until a transaction is marked in a partition, its end is not that partition's last record. */
  @Test
  void whatIsBeingCommittedIsReadAndWhatStaysOpenIsNot() {
    broker.createTopic("transactions", 1);
    try (KafkaProducer<byte[], byte[]> producer = transactional("committed");
        KafkaProducer<byte[], byte[]> hanging = transactional("open")) {
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("transactions", new byte[] {1}));
      producer.flush();
      CompletableFuture<List<ConsumedRecord>> read =
          CompletableFuture.supplyAsync(() -> readAll("transactions"));
      producer.commitTransaction();
      assertThat(read.join()).extracting(ConsumedRecord::value).containsExactly(new byte[] {1});

      hanging.beginTransaction();
      hanging.send(new ProducerRecord<>("transactions", new byte[] {2}));
      hanging.flush();
      assertThat(readAll("transactions")).hasSize(1);
      hanging.abortTransaction();
    }
  }

  private static KafkaProducer<byte[], byte[]> transactional(String id) {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                id),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    return producer;
  }

  @Test
  void readerSaysThatTheTopicIsNotThere() {
    assertThatThrownBy(() -> readAll("nope"))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessage("topic nope does not exist on " + broker.bootstrapServers());
  }

  @Test
  void checkSaysThatAClientCannotBeMade() {
    KafkaSettings settings =
        new KafkaSettings(
            "127.0.0.1:9",
            "g",
            Map.of("security.protocol", "SSL", "ssl.truststore.location", "/nowhere/ts.p12"));

    assertThatThrownBy(() -> TopicCheck.require(settings, List.of("t"), LONG))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageStartingWith("cannot make a client for Kafka at 127.0.0.1:9: ")
        .hasMessageContaining("/nowhere/ts.p12");
  }

  private static List<ConsumedRecord> readAll(String topic) {
    return TopicReader.readAll(
        broker.bootstrapServers(), topic, TopicReader.Isolation.READ_COMMITTED);
  }

  private static KafkaSettings settings(String servers) {
    return new KafkaSettings(servers, "g", Map.of());
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
  }
}

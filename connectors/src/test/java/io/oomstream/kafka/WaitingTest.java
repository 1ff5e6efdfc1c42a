package io.oomstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oomstream.kafka.local.LocalBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka may be away for a while when a job starts, and topics be made after it. */
class WaitingTest {
  private static final String AWAY = "cannot reach Kafka";

  private final List<String> said = new ArrayList<>();
  private long nanos;
  private long waitedMs;

  @Test
  void oneLineAMinuteAndOneForEachOtherReason() {
    Backoff backoff = backoff();
    TopicCheck.await(
        () -> {
          if (waitedMs < Duration.ofMinutes(10).toMillis()) {
            throw KafkaSetupException.passing(AWAY, null);
          }
          if (waitedMs < Duration.ofMinutes(11).toMillis()) {
            throw KafkaSetupException.passing("topic t does not exist", null);
          }
        },
        backoff,
        said::add);

    assertThat(waitedMs).isBetween(660_000L, 671_000L);
    assertThat(said).filteredOn(AWAY::equals).hasSizeBetween(9, 11);
    assertThat(said).filteredOn(s -> s.startsWith("topic")).hasSizeBetween(1, 2);
  }

  @Test
  void onlyOptionsThatCanNeverWorkEndIt() {
    assertThatThrownBy(
            () ->
                TopicCheck.await(
                    () -> {
                      throw new KafkaSetupException("a bad option");
                    },
                    backoff(),
                    said::add))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessage("a bad option");
    assertThat(waitedMs).isZero();
    assertThat(said).isEmpty();
  }

  @Test
  void aHostNameThatIsNotKnownYetMayBeLater() {
    KafkaSettings settings = new KafkaSettings("no-such-host.invalid:9092", "g", Map.of());

    assertThatThrownBy(() -> TopicCheck.require(settings, List.of("t"), Duration.ofSeconds(1)))
        .isInstanceOfSatisfying(
            KafkaSetupException.class, e -> assertThat(e.mayPass()).as(e.getMessage()).isTrue());
  }

  @Test
  void waitsForKafkaAndThenForTheTopic(@TempDir Path dir) throws Exception {
    int port = freePort();
    KafkaSettings settings = new KafkaSettings("127.0.0.1:" + port, "g", Map.of());
    List<String> lines = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> wait =
        CompletableFuture.runAsync(
            () ->
                TopicCheck.await(
                    () -> TopicCheck.require(settings, List.of("late"), Duration.ofMillis(500)),
                    new Backoff(),
                    lines::add));
    while (lines.isEmpty()) {
      Thread.sleep(20);
    }
    assertThat(lines.get(0)).startsWith(AWAY);
    int[] ports = {port, freePort()};
    int[] next = {0};
    try (LocalBroker broker = LocalBroker.start(dir, () -> ports[next[0]++])) {
      while (lines.stream().noneMatch(line -> line.startsWith("topic late does not exist"))) {
        Thread.sleep(20);
      }
      assertThat(wait).isNotDone();
      broker.createTopic("late", 1);
      wait.get(1, TimeUnit.MINUTES);
    }
  }

  private Backoff backoff() {
    return new Backoff(
        () -> nanos,
        ms -> {
          waitedMs += ms;
          nanos += Duration.ofMillis(ms).toNanos();
        });
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}

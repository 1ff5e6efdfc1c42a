package io.oomstream.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.kafka.local.LocalBroker;
import io.oomstream.kafka.local.TopicWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The sample in Java, as the README starts it, against a real broker. */
class JavaConsumerTest {

  private static final Path SOURCE = Path.of("..", "deploy", "consumers", "java", "OomKills.java");
  private static final String TOPIC = "kernel.oom.kills";

  @Test
  void printsEachKillOnceHoweverOftenItsEventComes() throws Exception {
    try (LocalBroker broker = LocalBroker.start()) {
      broker.createTopic(TOPIC, 1);
      try (TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
        for (int delivery = 0; delivery < 2; delivery++) {
          send(writer, "a", "io.oomstream.kill.v1", 5071);
          send(writer, "b", "io.oomstream.kill.v1", 4711);
          send(writer, "s", "io.oomstream.signal.v1", 1);
        }
        writer.flush();
      }
      assertThat(run(broker.bootstrapServers()).lines())
          .containsExactly(
              "2026-11-25T00:00:00Z db1: java (pid 5071): MEMCG_LIMIT",
              "2026-11-25T00:00:00Z db1: java (pid 4711): MEMCG_LIMIT");
    }
  }

  private static void send(TopicWriter writer, String id, String type, int pid) {
    String kill =
        "{\"host\":{\"name\":\"db1\"},\"time\":\"2026-11-25T00:00:00Z\",\"victim\":{\"pid\":"
            + pid
            + ",\"comm\":\"java\"},\"cause\":{\"primary\":\"MEMCG_LIMIT\"}}";
    writer.send(
        TOPIC,
        0,
        bytes("db1"),
        bytes(kill),
        null,
        Map.of("ce_id", bytes(id), "ce_type", bytes(type)));
  }

  private static String run(String servers) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                SOURCE.toString(),
                servers,
                TOPIC,
                "5")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

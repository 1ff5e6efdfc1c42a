package io.oomstream.rehearsal;

import io.oomstream.kafka.local.LocalBroker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/** A Kafka broker as a process of its own; it ends with its standard input. */
final class BrokerProcess {

  private static final String PROPERTIES = "server.properties";

  private BrokerProcess() {}

  /**
   * One argument: the directory for its files. Prints {@code HOST:PORT} when it can be used. Where
   * a broker that was killed has left its files, it is that broker again, at the same port.
   */
  public static void main(String[] args) throws Exception {
    Path left = left(Path.of(args[0]));
    if (left == null) {
      try (LocalBroker broker = LocalBroker.start(Path.of(args[0]))) {
        untilTheInputEnds(broker.bootstrapServers());
      }
    } else {
      again(left);
    }
  }

  private static void again(Path left) throws Exception {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(left)) {
      properties.load(in);
    }
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
    server.startup();
    String listeners = properties.getProperty("advertised.listeners");
    untilTheInputEnds(listeners.replaceFirst("^PLAINTEXT://", ""));
    server.shutdown();
    server.awaitShutdown();
  }

  private static void untilTheInputEnds(String servers) throws IOException {
    System.out.println(servers);
    System.out.flush();
    while (System.in.read() >= 0) {
      // Nothing is expected; the end of the input is the sign to stop.
    }
  }

  private static @Nullable Path left(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      return null;
    }
    try (Stream<Path> files = Files.walk(parent, 2)) {
      return files.filter(f -> f.endsWith(PROPERTIES)).findFirst().orElse(null);
    }
  }
}

package io.oomstream.kafka.local;

import io.oomstream.kafka.KafkaSetupException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker of one node in this process, for the demo and the tests. It speaks plain text
 * on the loopback address only, makes no topics by itself, and leaves nothing behind. The loggers
 * {@code kafka}, {@code org.apache.kafka} and {@code state.change.logger} hold all it has to say.
 */
public final class LocalBroker implements AutoCloseable {
  private static final long LEADERS_WITHIN_NS = 30_000_000_000L;
  private static final long LEADERS_PAUSE_MS = 20;
  private static final int ATTEMPTS = 5;
  private static final String HOST = "127.0.0.1";

  private final Path dir;
  private final int port;
  private final int securedPort;
  private final KafkaRaftServer server;

  private LocalBroker(Path dir, int port, int securedPort, KafkaRaftServer server) {
    this.dir = dir;
    this.port = port;
    this.securedPort = securedPort;
    this.server = server;
  }

  /** Starts a broker; its files are in the system's directory for temporary files. */
  public static LocalBroker start() {
    return start(null, LocalBroker::freePort);
  }

  /**
   * Starts a broker that has a listener for clients with credentials beside the plain one.
   *
   * @param listener the server's properties for that listener, without {@code
   *     listener.name.secured.}; {@code security.protocol} among them
   */
  public static LocalBroker startSecured(Path parent, Map<String, String> listener) {
    return start(parent, LocalBroker::freePort, listener);
  }

  /** Starts a broker; its files are in a new directory inside the given one. */
  public static LocalBroker start(Path parent) {
    return start(parent, LocalBroker::freePort);
  }

  /** A port may be taken by another process after it was found free: then others are tried. */
  public static LocalBroker start(@Nullable Path parent, IntSupplier ports) {
    return start(parent, ports, Map.of());
  }

  private static LocalBroker start(
      @Nullable Path parent, IntSupplier ports, Map<String, String> listener) {
    // A failing broker would end the process it is in.
    Exit.setExitProcedure(LocalBroker::refuseExit);
    Exit.setHaltProcedure(LocalBroker::refuseExit);
    Throwable last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Path dir = newDirectory(parent);
      KafkaRaftServer server = null;
      try {
        int port = ports.getAsInt();
        int controllerPort = ports.getAsInt();
        int securedPort = listener.isEmpty() ? 0 : ports.getAsInt();
        Properties p = properties(dir, port, controllerPort);
        if (!listener.isEmpty()) {
          secure(p, securedPort, listener);
        }
        server = new KafkaRaftServer(format(dir, p), Time.SYSTEM);
        server.startup();
        return new LocalBroker(dir, port, securedPort, server);
      } catch (Exception | BrokerFault e) {
        last = e;
        stop(server);
        delete(dir);
      }
    }
    throw new KafkaSetupException(
        "no local Kafka broker after " + ATTEMPTS + " attempts: " + last, last);
  }

  /** {@code HOST:PORT} for clients. */
  public String bootstrapServers() {
    return HOST + ":" + port;
  }

  /** {@code HOST:PORT} for clients with credentials; only of a secured broker. */
  public String securedServers() {
    if (securedPort == 0) {
      throw new IllegalStateException("this broker has no secured listener");
    }
    return HOST + ":" + securedPort;
  }

  /**
   * Makes a topic and waits until every partition of it can be written: of what a producer sends
   * before, the broker may take the second batch and not the first (KAFKA-15591).
   */
  public void createTopic(String name, int partitions) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(name, Optional.of(partitions), Optional.empty())))
          .all()
          .get();
      awaitLeaders(admin, name, partitions);
    } catch (ExecutionException e) {
      throw new KafkaSetupException("cannot make topic " + name + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaSetupException("interrupted while making topic " + name, e);
    }
  }

  private static void awaitLeaders(Admin admin, String topic, int partitions)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    long deadline = System.nanoTime() + LEADERS_WITHIN_NS;
    while (true) {
      try {
        // Asked first, since the client logs an error where it has offsets of what is not known.
        admin.describeTopics(List.of(topic)).allTopicNames().get();
        admin.listOffsets(ends).all().get();
        return;
      } catch (ExecutionException e) {
        // The broker does not know the topic yet that its controller has made.
        if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > deadline) {
          throw e;
        }
        Thread.sleep(LEADERS_PAUSE_MS);
      }
    }
  }

  /** Stops the broker and deletes its directory. */
  @Override
  public void close() {
    stop(server);
    delete(dir);
  }

  private static Properties properties(Path dir, int port, int controllerPort) {
    Properties p = new Properties();
    p.put("process.roles", "broker,controller");
    p.put("node.id", "1");
    p.put("controller.quorum.voters", "1@" + HOST + ":" + controllerPort);
    p.put(
        "listeners",
        "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
    p.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port);
    p.put("controller.listener.names", "CONTROLLER");
    p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.put("log.dirs", dir.resolve("data").toString());
    p.put("auto.create.topics.enable", "false");
    p.put("offsets.topic.replication.factor", "1");
    p.put("offsets.topic.num.partitions", "1");
    p.put("transaction.state.log.replication.factor", "1");
    p.put("transaction.state.log.min.isr", "1");
    p.put("transaction.state.log.num.partitions", "1");
    p.put("transaction.max.timeout.ms", "3600000");
    p.put("group.initial.rebalance.delay.ms", "0");
    p.put("log.cleaner.dedupe.buffer.size", "2097152");
    // Samples are old logs: replayed with their own times they are not to be cleaned away.
    p.put("log.retention.ms", "-1");
    return p;
  }

  private static void secure(Properties p, int port, Map<String, String> listener) {
    String at = ",SECURED://" + HOST + ":" + port;
    p.merge("listeners", at, (a, b) -> a.toString() + b);
    p.merge("advertised.listeners", at, (a, b) -> a.toString() + b);
    listener.forEach(
        (key, value) -> {
          if (key.equals("security.protocol")) {
            p.merge(
                "listener.security.protocol.map", ",SECURED:" + value, (a, b) -> a.toString() + b);
          } else {
            p.put("listener.name.secured." + key, value);
          }
        });
  }

  private static KafkaConfig format(Path dir, Properties p) throws IOException {
    Path file = dir.resolve("server.properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      p.store(out, null);
    }
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    int rc =
        StorageTool.execute(
            new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()},
            nowhere);
    if (rc != 0) {
      throw new IOException("kafka.tools.StorageTool ended with " + rc);
    }
    return new KafkaConfig(p);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path newDirectory(@Nullable Path parent) {
    try {
      return parent == null
          ? Files.createTempDirectory("oomstream-kafka-")
          : Files.createTempDirectory(Files.createDirectories(parent), "kafka-");
    } catch (IOException e) {
      throw new KafkaSetupException("no directory for a local Kafka broker: " + e, e);
    }
  }

  private static void stop(@Nullable KafkaRaftServer server) {
    if (server != null) {
      try {
        server.shutdown();
        server.awaitShutdown();
      } catch (RuntimeException | BrokerFault e) {
        // Half started, or already going down: there is nothing more to stop.
      }
    }
  }

  private static void delete(Path dir) {
    if (!Files.exists(dir)) {
      return;
    }
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + dir, e);
    }
  }

  private static void refuseExit(int status, @Nullable String message) {
    throw new BrokerFault("the local Kafka broker gave up (" + status + "): " + message);
  }

  /** Thrown where a broker would end the process. */
  private static final class BrokerFault extends Error {
    private static final long serialVersionUID = 1L;

    BrokerFault(String message) {
      super(message);
    }
  }
}

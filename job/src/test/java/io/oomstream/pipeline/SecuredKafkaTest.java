package io.oomstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import io.oomstream.kafka.local.ConsumedRecord;
import io.oomstream.kafka.local.LocalBroker;
import io.oomstream.kafka.local.TopicReader;
import io.oomstream.kafka.local.TopicWriter;
import io.oomstream.lab.LabLogs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job between the topics of a broker that wants TLS and a password. The options are those of
 * the overlay tls-sasl: the secret is a file in a folder, and stands in no option.
 */
class SecuredKafkaTest {
  private static final String PASSWORD = "not-in-any-option";
  private static final List<String> TOPICS =
      List.of(
          "kernel.logs",
          "kernel.oom.kills",
          "kernel.oom.signals",
          "kernel.oom.blocks",
          "kernel.oom.dead-letters");

  @TempDir static Path folder;
  private static LocalBroker broker;

  @BeforeAll
  static void startABrokerThatWantsCredentials() throws Exception {
    keytool(
        "-genkeypair -alias broker -keyalg EC -dname CN=localhost -ext SAN=ip:127.0.0.1"
            + " -validity 2 -storetype PKCS12 -keystore broker.p12");
    keytool("-exportcert -rfc -alias broker -keystore broker.p12 -file ca.crt");
    Map<String, String> listener = new LinkedHashMap<>();
    listener.put("security.protocol", "SASL_SSL");
    listener.put("ssl.keystore.type", "PKCS12");
    listener.put("ssl.keystore.location", folder.resolve("broker.p12").toString());
    listener.put("ssl.keystore.password", PASSWORD);
    listener.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    listener.put(
        "scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    broker = LocalBroker.startSecured(folder.resolve("kafka"), listener);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      ScramCredentialInfo sha512 = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
      admin
          .alterUserScramCredentials(
              List.of(new UserScramCredentialUpsertion("job", sha512, PASSWORD)))
          .all()
          .get();
    }
    TOPICS.forEach(topic -> broker.createTopic(topic, 1));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void readsAndWritesWithTheSecretOfAFile() throws Exception {
    try (TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
      byte[] host = "host0".getBytes(StandardCharsets.UTF_8);
      for (byte[] line :
          LabLogs.one("6.12.117+deb13-amd64", "03-memcg2-kube", "kmsg.log").lines()) {
        writer.send("kernel.logs", 0, host, line, 1_700_000_000_000L, Map.of());
      }
    }
    Map<String, String> options = options("right", PASSWORD);
    assertThat(options.values()).noneMatch(value -> value.contains(PASSWORD));
    JobConfig config = JobConfig.of(options);
    KafkaPipeline.checkTopics(config);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(1);
    KafkaPipeline.build(env, config);
    env.execute("secured");

    List<ConsumedRecord> kills =
        TopicReader.readAll(
            broker.bootstrapServers(), "kernel.oom.kills", TopicReader.Isolation.READ_COMMITTED);
    assertThat(kills).hasSize(1);
    assertThat(kills.get(0).header("ce_type")).isEqualTo("io.oomstream.kill.v1");
  }

  @Test
  void aWrongSecretIsSaidBeforeTheJobStarts() throws Exception {
    JobConfig config = JobConfig.of(options("wrong", "guessed"));

    assertThatThrownBy(() -> KafkaPipeline.checkTopics(config))
        .isInstanceOf(BadOptionException.class)
        .hasMessageStartingWith("no login to Kafka at ")
        .hasMessageContaining(broker.securedServers())
        .hasMessageNotContaining("guessed");
  }

  private static Map<String, String> options(String user, String password) throws Exception {
    Path secret = Files.createDirectories(folder.resolve(user));
    Files.writeString(
        secret.resolve("sasl.jaas.config"),
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"job\""
            + " password=\""
            + password
            + "\";");
    Map<String, String> options = new LinkedHashMap<>();
    options.put("kafka.bootstrap.servers", broker.securedServers());
    options.put("kafka.start-from", "earliest");
    options.put("kafka.stop-at-end", "true");
    options.put("kafka.properties.security.protocol", "SASL_SSL");
    options.put("kafka.properties.sasl.mechanism", "SCRAM-SHA-512");
    options.put("kafka.properties.config.providers", "secret");
    options.put(
        "kafka.properties.config.providers.secret.class",
        "org.apache.kafka.common.config.provider.DirectoryConfigProvider");
    options.put("kafka.properties.sasl.jaas.config", "${secret:" + secret + ":sasl.jaas.config}");
    options.put("kafka.properties.ssl.truststore.type", "PEM");
    options.put("kafka.properties.ssl.truststore.location", folder.resolve("ca.crt").toString());
    return options;
  }

  private static void keytool(String arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(Arrays.asList(arguments.split(" ", -1)));
    command.addAll(List.of("-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
  }
}

package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.oomstream.config.JobConfig;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page's properties are properties of Kafka's clients, and Kafka's classes are there. */
class ManagedKafkaTest {

  private static final Pattern BLOCK =
      Pattern.compile("## ([^\n]+)\n(?:(?!\n## ).)*?```properties\n(.*?)```", Pattern.DOTALL);
  private static final Pattern KAFKA_CLASS =
      Pattern.compile("org\\.apache\\.kafka\\.[\\w.]+[A-Z]\\w+");

  /** Classes that the page says to add, by the jar that it names. */
  private static final Map<String, String> ADDED =
      Map.of(
          "software.amazon.msk.auth.iam.", "software.amazon.msk:aws-msk-iam-auth",
          "com.google.cloud.hosted.kafka.auth.",
              "com.google.cloud.hosted.kafka:managed-kafka-auth-login-handler");

  private static String page() throws IOException {
    return Files.readString(DocPage.ROOT.resolve("docs/operate/managed-kafka.md"));
  }

  static List<Map.Entry<String, Properties>> services() throws IOException {
    List<Map.Entry<String, Properties>> services = new ArrayList<>();
    for (var block : BLOCK.matcher(page()).results().toList()) {
      Properties properties = new Properties();
      properties.load(new StringReader(block.group(2)));
      services.add(Map.entry(block.group(1), properties));
    }
    return services;
  }

  @Test
  void everyServiceIsThere() throws IOException {
    assertThat(services())
        .extracting(Map.Entry::getKey)
        .anyMatch(s -> s.contains("MSK"))
        .anyMatch(s -> s.contains("Confluent"))
        .anyMatch(s -> s.contains("Event Hubs"))
        .anyMatch(s -> s.contains("Google"))
        .anyMatch(s -> s.contains("Certificates"))
        .hasSize(6);
  }

  @ParameterizedTest
  @MethodSource("services")
  void everyPropertyIsTheClients(Map.Entry<String, Properties> service) throws Exception {
    Set<String> known = new TreeSet<>(ConsumerConfig.configNames());
    known.addAll(ProducerConfig.configNames());
    known.addAll(AdminClientConfig.configNames());
    Map<String, String> options = new HashMap<>();
    service.getValue().forEach((k, v) -> options.put(k.toString(), v.toString()));
    Map<String, String> client = JobConfig.of(options).kafkaProperties();

    assertThat(client).isNotEmpty();
    client.forEach(
        (name, value) -> {
          if (!name.startsWith("config.providers.")) {
            assertThat(known).as(service.getKey()).contains(name);
          }
        });
    assertThat(client)
        .as("a password or a certificate, and never in the clear")
        .containsEntry(
            "security.protocol", client.containsKey("ssl.keystore.key") ? "SSL" : "SASL_SSL");
    // Values, too: types and bounds. What another jar brings is not here to be made.
    Map<String, Object> values = new HashMap<>(client);
    values.put("bootstrap.servers", "localhost:1");
    values.keySet().removeIf(n -> n.startsWith("config.providers"));
    values.values().removeIf(v -> ADDED.keySet().stream().anyMatch(v.toString()::startsWith));
    assertThatCode(() -> new AdminClientConfig(values)).doesNotThrowAnyException();
  }

  @Test
  void everyClassIsKafkasOrOfAJarThatIsNamed() throws Exception {
    Set<String> classes = new TreeSet<>();
    KAFKA_CLASS.matcher(page()).results().forEach(c -> classes.add(c.group()));
    assertThat(classes).hasSizeGreaterThan(3);
    for (String name : classes) {
      assertThatCode(() -> Class.forName(name)).as(name).doesNotThrowAnyException();
    }
    for (Map.Entry<String, Properties> service : services()) {
      Stream<String> values = service.getValue().values().stream().map(Object::toString);
      for (String value : values.filter(v -> v.matches("(software|com)\\..*")).toList()) {
        String jar =
            ADDED.entrySet().stream()
                .filter(a -> value.startsWith(a.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no jar has " + value));
        assertThat(page()).contains("Jar: `" + jar + "`");
      }
    }
  }
}

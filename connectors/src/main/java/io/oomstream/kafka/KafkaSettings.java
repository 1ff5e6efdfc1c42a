package io.oomstream.kafka;

import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The connection to Kafka, checked when created.
 *
 * @param bootstrapServers {@code HOST:PORT[,HOST:PORT]}
 * @param groupId the consumer group whose offsets follow the checkpoints
 * @param properties further client properties under Kafka's own names (security, tuning)
 */
public record KafkaSettings(
    String bootstrapServers, String groupId, Map<String, String> properties) {

  /** Prefix of client properties in the job's options. */
  public static final String PREFIX = "kafka.properties.";

  private static final String MASK = "******";

  /**
   * @throws KafkaSetupException with a line for people
   */
  public KafkaSettings {
    bootstrapServers = BootstrapServers.check(bootstrapServers);
    if (groupId.isBlank()) {
      throw new KafkaSetupException(
          "the consumer group id is empty: name one, it keeps the place in the topics");
    }
    properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    ClientProperties.check(properties);
  }

  /** For the source and its consumers: without properties that only producers know. */
  public Properties consumer() {
    Set<String> known = new HashSet<>(ConsumerConfig.configNames());
    known.addAll(ClientProperties.SOURCE_NAMES);
    return client(known);
  }

  /** For producers: without properties that only consumers know. */
  Properties producer() {
    return client(ProducerConfig.configNames());
  }

  /** For the admin client: without properties that only consumers or producers know. */
  public Properties admin() {
    return client(AdminClientConfig.configNames());
  }

  private Properties client(Set<String> known) {
    Properties client = new Properties();
    properties.forEach(
        (name, value) -> {
          if (known.contains(name) || !ClientProperties.isKnown(name)) {
            client.setProperty(name, value);
          }
        });
    client.setProperty("bootstrap.servers", bootstrapServers);
    return client;
  }

  /** With masked secrets, so that it can be logged. */
  @Override
  public String toString() {
    Map<String, String> shown = new TreeMap<>();
    properties.forEach(
        (name, value) -> shown.put(name, ClientProperties.isSecret(name) ? MASK : value));
    return "Kafka at " + bootstrapServers + ", group " + groupId + ", properties " + shown;
  }
}

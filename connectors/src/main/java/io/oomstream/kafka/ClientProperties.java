package io.oomstream.kafka;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.jspecify.annotations.Nullable;

/**
 * Checks client properties before a client is created: likely typing errors in names, values that
 * Kafka would refuse, and security settings without effect.
 */
final class ClientProperties {
  private static final List<ConfigDef> CLIENTS =
      List.of(
          ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef());

  /** Properties of the Flink source that are not properties of its consumer. */
  static final Set<String> SOURCE_NAMES =
      Set.of(
          KafkaSourceOptions.CLIENT_ID_PREFIX.key(),
          KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
          KafkaSourceOptions.REGISTER_KAFKA_CONSUMER_METRICS.key(),
          KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key());

  private static final Set<String> KNOWN = known();

  /** Properties that the job sets, and what to use instead. */
  private static final Map<String, String> OWNED =
      Map.ofEntries(
          Map.entry("bootstrap.servers", "use the bootstrap servers option"),
          Map.entry("group.id", "use the consumer group option"),
          Map.entry("auto.offset.reset", "use the start offsets option"),
          Map.entry("enable.auto.commit", "offsets are committed with the checkpoints"),
          Map.entry("transactional.id", "it is made from the job's id"),
          Map.entry("transaction.timeout.ms", "use the transaction timeout option"),
          Map.entry("compression.type", "gzip, whose size it knows beforehand"),
          Map.entry("max.request.size", "use the record limit option"),
          Map.entry("key.serializer", "the job writes bytes"),
          Map.entry("value.serializer", "the job writes bytes"),
          Map.entry("key.deserializer", "the job reads bytes"),
          Map.entry("value.deserializer", "the job reads bytes"));

  private static final int MAX_TYPING_ERROR = 2;

  private ClientProperties() {}

  static void check(Map<String, String> properties) {
    for (Map.Entry<String, String> property : properties.entrySet()) {
      checkName(property.getKey());
    }
    for (ConfigDef client : CLIENTS) {
      checkValues(client, properties);
    }
    checkAcks(properties.get("acks"));
    checkSecurity(properties);
  }

  /** Whether one of Kafka's clients or the Flink source reads it. */
  static boolean isKnown(String name) {
    return KNOWN.contains(name);
  }

  /** Whether the value must not be shown. */
  static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.contains("password")
        || lower.contains("jaas")
        || lower.contains("secret")
        || lower.contains("credential")
        || lower.contains("token")) {
      return true;
    }
    for (ConfigDef client : CLIENTS) {
      ConfigDef.ConfigKey key = client.configKeys().get(name);
      if (key != null && key.type == ConfigDef.Type.PASSWORD) {
        return true;
      }
    }
    return false;
  }

  private static void checkName(String name) {
    if (name.isBlank()) {
      throw new KafkaSetupException(
          "option '" + KafkaSettings.PREFIX + "' names no Kafka client property");
    }
    String instead = OWNED.get(name);
    if (instead != null) {
      throw wrong(name, "is set by the job: " + instead);
    }
    if (!isKnown(name)) {
      String near = nearest(name);
      if (near != null) {
        throw wrong(name, "is unknown to Kafka: did you mean " + KafkaSettings.PREFIX + near + "?");
      }
    }
  }

  private static void checkValues(ConfigDef client, Map<String, String> properties) {
    for (ConfigValue value : client.validate(properties)) {
      String name = value.name();
      if (properties.containsKey(name) && !value.errorMessages().isEmpty()) {
        throw wrong(
            name,
            isSecret(name)
                ? "has a value that Kafka refuses"
                : "is refused by Kafka: " + value.errorMessages().get(0));
      }
    }
  }

  private static void checkAcks(@Nullable String acks) {
    if (acks != null && !acks.equals("all") && !acks.equals("-1")) {
      throw wrong("acks", "may only be 'all': any less loses events when a broker fails");
    }
  }

  private static void checkSecurity(Map<String, String> properties) {
    String protocol =
        properties.getOrDefault("security.protocol", "PLAINTEXT").toUpperCase(Locale.ROOT);
    boolean sasl = protocol.startsWith("SASL_");
    boolean tls = protocol.endsWith("SSL");
    String mechanism = properties.getOrDefault("sasl.mechanism", "GSSAPI");
    boolean byPassword = mechanism.equals("PLAIN") || mechanism.startsWith("SCRAM-");
    boolean hasJaas = properties.containsKey("sasl.jaas.config");
    if (sasl
        && byPassword
        && !hasJaas
        && System.getProperty("java.security.auth.login.config") == null) {
      throw wrong("sasl.jaas.config", "is missing: " + mechanism + " needs a user and a password");
    }
    if (!sasl && hasJaas) {
      throw wrong(
          "sasl.jaas.config",
          "would not be used with security protocol "
              + protocol
              + ": set "
              + KafkaSettings.PREFIX
              + "security.protocol=SASL_SSL");
    }
    if (!tls) {
      for (String name : properties.keySet()) {
        if (name.startsWith("ssl.")) {
          throw wrong(
              name,
              "would not be used with security protocol "
                  + protocol
                  + ": set "
                  + KafkaSettings.PREFIX
                  + "security.protocol="
                  + (sasl ? "SASL_SSL" : "SSL"));
        }
      }
    }
  }

  private static KafkaSetupException wrong(String name, String what) {
    return new KafkaSetupException("option " + KafkaSettings.PREFIX + name + " " + what);
  }

  private static Set<String> known() {
    Set<String> names = new TreeSet<>();
    CLIENTS.forEach(client -> names.addAll(client.names()));
    names.addAll(SOURCE_NAMES);
    return names;
  }

  private static @Nullable String nearest(String name) {
    for (int distance = 1; distance <= MAX_TYPING_ERROR; distance++) {
      for (String candidate : KNOWN) {
        if (editDistance(name, candidate) == distance) {
          return candidate;
        }
      }
    }
    return null;
  }

  /** Number of letters to insert, delete or replace. */
  private static int editDistance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}

package io.oomstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oomstream.event.Privacy;
import io.oomstream.kafka.source.SourceOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {
  private static final Map<String, String> SASL =
      Map.of(
          "security.protocol",
          "SASL_SSL",
          "sasl.mechanism",
          "SCRAM-SHA-512",
          "sasl.jaas.config",
          "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"u\""
              + " password=\"hush1\";",
          "ssl.truststore.location",
          "/etc/ts.p12",
          "ssl.truststore.password",
          "hush2",
          "ssl.keystore.key",
          "hush3");

  @Test
  void takesServersAsPeopleWriteThem() {
    assertThat(settings(" a:9092, [::1]:9093 ,b.example.org:1,").bootstrapServers())
        .isEqualTo("a:9092,[::1]:9093,b.example.org:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka",
        "kafka:",
        ":9092",
        "kafka:0",
        "kafka:65536",
        "kafka:9092x",
        "::1",
        "[::1]",
        "a b:1",
        "a:1;b:2",
        "http://kafka:9092",
        "a:1,b",
        "kafka:999999"
      })
  void refusesWhatIsNoServer(String servers) {
    assertThatThrownBy(() -> settings(servers))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageStartingWith("bootstrap server '")
        .hasMessageContaining("HOST:PORT")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", " , "})
  void refusesNoServer(String servers) {
    assertThatThrownBy(() -> settings(servers))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageStartingWith("no bootstrap servers");
  }

  @Test
  void refusesNoGroup() {
    assertThatThrownBy(() -> new KafkaSettings("a:1", " ", Map.of()))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageContaining("consumer group id is empty");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sasl.mechansim | PLAIN | did you mean kafka.properties.sasl.mechanism?",
        "securty.protocol | SSL | did you mean kafka.properties.security.protocol?",
        "group.id | g | is set by the job: use the consumer group option",
        "auto.offset.reset | latest | use the start offsets option",
        "request.timeout.ms | soon | Invalid value soon",
        "security.protocol | TLS | Invalid value TLS",
        "compression.type | none | is set by the job: gzip",
        "acks | 1 | may only be 'all'",
        "ssl.truststore.location | /x | would not be used with security protocol PLAINTEXT",
        "sasl.jaas.config | secret-x | would not be used with security protocol PLAINTEXT",
      })
  void saysWhatIsWrongWithAProperty(String name, String value, String expected) {
    assertThatThrownBy(() -> new KafkaSettings("a:1", "g", Map.of(name, value)))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageStartingWith("option kafka.properties." + name + " ")
        .hasMessageContaining(expected)
        .hasMessageNotContaining("\n")
        .hasMessageNotContaining("secret-x");
  }

  @Test
  void refusesPasswordLoginWithoutPassword() {
    assertThatThrownBy(
            () ->
                new KafkaSettings(
                    "a:1", "g", Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN")))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessage(
            "option kafka.properties.sasl.jaas.config is missing: PLAIN needs a user and a"
                + " password");
  }

  @Test
  void passesSecurityToEveryClient() {
    KafkaSettings settings = new KafkaSettings("a:1", "g", SASL);

    assertThat(settings.consumer()).containsAllEntriesOf(SASL);
    assertThat(settings.producer()).containsAllEntriesOf(SASL);
    assertThat(settings.admin())
        .containsAllEntriesOf(SASL)
        .containsEntry("bootstrap.servers", "a:1");
  }

  @Test
  void givesEachClientItsOwnProperties() {
    KafkaSettings settings =
        new KafkaSettings(
            "a:1",
            "g",
            Map.of("fetch.min.bytes", "2", "linger.ms", "9", "my.interceptor.setting", "x"));

    assertThat(settings.consumer()).containsKey("fetch.min.bytes").doesNotContainKey("linger.ms");
    assertThat(settings.producer()).containsKey("linger.ms").doesNotContainKey("fetch.min.bytes");
    assertThat(settings.admin()).doesNotContainKeys("linger.ms", "fetch.min.bytes");
    assertThat(List.of(settings.consumer(), settings.producer(), settings.admin()))
        .allSatisfy(client -> assertThat(client).containsKey("my.interceptor.setting"));
  }

  @Test
  void showsNoSecret() {
    assertThat(new KafkaSettings("a:1", "g", SASL).toString())
        .contains("a:1", "SCRAM-SHA-512", "/etc/ts.p12", "******")
        .doesNotContain("hush");
  }

  @Test
  void sourceRefusesATopicWithoutAName() {
    assertThatThrownBy(
            () ->
                new SourceOptions(
                    List.of("a", " "),
                    SourceOptions.Start.EARLIEST,
                    false,
                    Duration.ZERO,
                    Duration.ZERO))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageContaining("empty name");
  }

  @Test
  void whatTheSourceReadsBesideItsConsumerReachesIt() {
    KafkaSettings settings =
        new KafkaSettings("k:1", "g", Map.of("partition.discovery.interval.ms", "500"));

    assertThat(settings.consumer()).containsEntry("partition.discovery.interval.ms", "500");
    assertThat(settings.producer()).doesNotContainKey("partition.discovery.interval.ms");
  }

  @Test
  void sinkNeedsAJobAndAPossibleTimeout() {
    assertThatThrownBy(() -> SinkOptions.of(SinkOptions.Delivery.EXACTLY_ONCE, ""))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageContaining("job's id is empty");
    assertThatThrownBy(
            () ->
                new SinkOptions(
                    SinkOptions.Delivery.EXACTLY_ONCE,
                    "j",
                    Duration.ofDays(30),
                    1_000_000,
                    Privacy.OPEN,
                    SinkOptions.ContentMode.BINARY))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageContaining("transaction timeout");
  }

  private static KafkaSettings settings(String servers) {
    return new KafkaSettings(servers, "g", Map.of());
  }
}

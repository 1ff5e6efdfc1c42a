package io.oomstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oomstream.assemble.AssembleSettings;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.format.line.Envelope;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.trend.TrendOptions;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobConfigTest {

  @Test
  void defaultsAreThoseOfTheParts() {
    JobConfig config = JobConfig.defaults();
    assertThat(config.assembleSettings()).isEqualTo(AssembleSettings.defaults());
    assertThat(config.thresholds()).isEqualTo(Thresholds.defaults());
    assertThat(config.incidentOptions()).isEqualTo(IncidentOptions.defaults());
    assertThat(config.trendOptions()).isEqualTo(TrendOptions.defaults());
    assertThat(config.envelope()).isEqualTo(Envelope.AUTO);
  }

  @Test
  void takesValuesAsPeopleWriteThem() throws BadOptionException {
    JobConfig config =
        JobConfig.of(
            Map.of(
                "input.envelope", "journald-json",
                "delivery.guarantee", "exactly-once",
                "assemble.settling-time", "30 s",
                "input.topics", "a;b",
                "kafka.properties.security.protocol", "SASL_SSL",
                "diagnose.high-order", " 4 "));
    assertThat(config.envelope()).isEqualTo(Envelope.JOURNALD_JSON);
    assertThat(config.get(OomOptions.DELIVERY_GUARANTEE))
        .isEqualTo(OomOptions.Guarantee.EXACTLY_ONCE);
    assertThat(config.assembleSettings().settlingMs()).isEqualTo(30_000);
    assertThat(config.get(OomOptions.INPUT_TOPICS)).containsExactly("a", "b");
    assertThat(config.kafkaProperties()).containsEntry("security.protocol", "SASL_SSL");
    assertThat(config.thresholds().highOrder()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "assemble.setling-time | 5 s | did you mean \"assemble.settling-time\"?",
        "nonsense | 1 | ./oomstream run --help lists all options",
        "assemble.settling-time | soon | assemble.settling-time: ",
        "assemble.settling-time | 0 s | assemble.settling-time: must be longer than 0",
        "detect.settling-time | 10999 ms | detect.settling-time: must be at least 11000 ms",
        "diagnose.high-order | three | diagnose.high-order: ",
        "diagnose.shmem-share | 30 | diagnose.shmem-share: must be a share from 0 to 1, not 30.0",
        "input.envelope | xml | input.envelope: ",
        "input.time-zone | Mars/Base | input.time-zone: \"Mars/Base\" is no time zone",
        "detect.growth.points | 1 | detect.growth.points: must be at least 2",
        "assemble.max-host-lines | 0 | assemble.max-host-lines: must be at least 1",
        "output.kills.topic | '' | output.kills.topic: must not be empty"
      })
  void saysInOneLineWhatIsWrong(String key, String value, String message) {
    assertThatThrownBy(() -> JobConfig.of(Map.of(key, value)))
        .isInstanceOf(BadOptionException.class)
        .hasMessageContaining(message)
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("\n");
  }

  @Test
  void everyOptionIsInTheTableWithADescription() {
    assertThat(OptionTable.all()).hasSizeGreaterThan(35);
    for (ConfigOption<?> option : OptionTable.all()) {
      assertThat(OptionTable.description(option)).as(option.key()).hasSizeGreaterThan(10);
      assertThat(OptionTable.markdown()).contains("`" + option.key() + "`");
    }
  }
}

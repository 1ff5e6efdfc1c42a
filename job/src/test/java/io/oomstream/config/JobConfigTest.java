package io.oomstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oomstream.assemble.AssembleSettings;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.format.line.Envelope;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.trend.TrendOptions;
import java.util.HashMap;
import java.util.List;
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
    assertThat(config.thresholds().shortage().highOrder()).isEqualTo(4);
  }

  /** Many of them have the same default, so that a mix-up would not show there. */
  @Test
  void everyThresholdIsThatOfItsOption() throws BadOptionException {
    List<String> options =
        List.of(
            "high-order",
            "free-share",
            "usable-free-share",
            "min-free-share",
            "process-share",
            "page-table-share",
            "unreclaimable-slab-share",
            "shmem-share",
            "unaccounted-share",
            "unevictable-share",
            "huge-page-share",
            "dirty-share",
            "driver-share",
            "memcg-share",
            "swap-free-share",
            "swap-cached-share",
            "fork-bomb-tasks",
            "crowd-share",
            "crowd-kernel-share",
            "kernel-stack-share",
            "user-share",
            "bystander-share",
            "task-rows");
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < options.size(); i++) {
      String option = options.get(i);
      given.put(
          "diagnose." + option, option.endsWith("share") ? "0." + (10 + i) : String.valueOf(i + 1));
    }
    given.put("diagnose.critical-processes", "a;b");
    assertThat(JobConfig.of(given).thresholds())
        .isEqualTo(
            new Thresholds(
                new Thresholds.Shortage(1, 0.11, 0.12, 0.13, 0.14),
                new Thresholds.Uses(0.15, 0.16, 0.17, 0.18, 0.19, 0.20, 0.21, 0.22, 0.23),
                new Thresholds.Swap(0.24, 0.25),
                new Thresholds.Swarm(17, 0.27, 0.28, 0.29),
                new Thresholds.Victim(0.30, 0.31, List.of("a", "b")),
                23));
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

package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The options that the ConfigMap hands to the job are options of the job. */
class ConfigMapOptionsTest {

  private static Map<String, String> options() throws IOException {
    JsonNode map =
        new YAMLMapper()
            .readTree(Path.of("..", "deploy", "k8s", "base", "configmap.yaml").toFile());
    Properties properties = new Properties();
    properties.load(new StringReader(map.at("/data/oomstream.properties").asText()));
    Map<String, String> options = new HashMap<>();
    properties.forEach((key, value) -> options.put(key.toString(), value.toString()));
    return options;
  }

  @Test
  void everyOptionIsKnownAndItsValueCanBe() throws Exception {
    JobConfig config = JobConfig.of(options());
    assertThat(config.get(OomOptions.BOOTSTRAP_SERVERS)).isEqualTo("kafka:9092");
    assertThat(config.get(OomOptions.DELIVERY_GUARANTEE))
        .isEqualTo(OomOptions.Guarantee.AT_LEAST_ONCE);
  }

  @Test
  void aMisspeltOneWouldFail() throws Exception {
    Map<String, String> options = options();
    options.put("output.kill.topic", "x");
    assertThatThrownBy(() -> JobConfig.of(options))
        .isInstanceOf(BadOptionException.class)
        .hasMessageContaining("did you mean \"output.kills.topic\"?");
  }
}

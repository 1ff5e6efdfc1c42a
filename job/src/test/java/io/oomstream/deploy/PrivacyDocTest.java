package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How long names are kept, as the page says it, is how long the topics keep them. */
class PrivacyDocTest {

  private static final Pattern ROW =
      Pattern.compile("\\| `(kernel\\.[\\w.-]+)` \\| (\\d+) days? \\|");

  @Test
  void theDaysAreTheTopics() throws Exception {
    Map<String, Duration> page = new TreeMap<>();
    ROW.matcher(Files.readString(DocPage.ROOT.resolve("docs/operate/privacy.md")))
        .results()
        .forEach(r -> page.put(r.group(1), Duration.ofDays(Long.parseLong(r.group(2)))));

    Map<String, Duration> topics = new TreeMap<>();
    for (JsonNode topic :
        Manifests.read(Manifests.DEPLOY.resolve("components/strimzi/topics.yaml"))) {
      JsonNode retention = topic.at("/spec/config/retention.ms");
      if (!retention.isMissingNode()) {
        topics.put(topic.at("/metadata/name").asText(), Duration.ofMillis(retention.asLong()));
      }
    }
    assertThat(page).isEqualTo(topics).hasSizeGreaterThan(5);
  }
}

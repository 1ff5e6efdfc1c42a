package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page's configuration of Alertmanager, as Alertmanager's own tool reads it. */
class AlertingPageTest {

  private static String configuration() throws Exception {
    String page = Files.readString(DocPage.ROOT.resolve("docs/consume/alerting.md"));
    Matcher yaml = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(page);
    assertThat(yaml.find()).isTrue();
    return yaml.group(1);
  }

  @ParameterizedTest
  @CsvSource({
    "OOM_STORM,critical,pager",
    "SLAB_GROWTH,critical,pager",
    "NO_KILLABLE_PROCESS,critical,pager",
    "OOM_KILL,warning,slack",
    "OOM_KILL,info,nobody",
    "OomStorm,critical,slack",
  })
  void anAlertGoesWhereThePageSays(
      String name, String severity, String receiver, @TempDir Path folder) throws Exception {
    Path config = Files.writeString(folder.resolve("alertmanager.yml"), configuration());
    Path out = folder.resolve("out");
    assumeTrue(
        Tools.run(out, "amtool", "check-config", config.toString()),
        "no amtool here: the page's routes are not tried");
    Tools.run(
        out,
        "amtool",
        "config",
        "routes",
        "test",
        "--config.file=" + config,
        "alertname=" + name,
        "severity=" + severity);
    assertThat(Files.readString(out).strip()).isEqualTo(receiver);
  }

  /** A label that the bridge doesn't set would group or hide nothing. */
  @Test
  void theLabelsAreThoseOfTheBridge() throws Exception {
    String mapping = Bento.with(Map.of()).alertmanager();
    JsonNode config = Manifests.YAML.readTree(configuration());
    JsonNode groups = config.at("/route/group_by");
    assertThat(groups).isNotEmpty();
    for (JsonNode labels : new JsonNode[] {groups, config.at("/inhibit_rules/0/equal")}) {
      assertThat(labels)
          .allSatisfy(l -> assertThat(mapping).containsPattern("\\b" + l.asText() + ":"));
    }
  }
}

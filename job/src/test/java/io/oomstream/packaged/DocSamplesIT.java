package io.oomstream.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.oomstream.deploy.DocPage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports and events in the pages are what the launcher prints today. */
class DocSamplesIT {

  private static final String SEED = "samples/seed.dmesg";
  private static final String LEAK = "samples/slab-leak.kmsg";

  @TempDir private Path folder;

  @Test
  void theReadmeShowsTheFirstTenLines() throws Exception {
    String head = String.join("\n", analyze(LEAK).lines().limit(11).toList());
    String shown = "```console\n$ ./oomstream analyze " + LEAK + "\n" + head + "\n```\n";
    DocPage.of("README.md").mustHold("head", shown);
  }

  @Test
  void theReportIsWhatAnalyzePrints() throws Exception {
    String shown = "```text\n" + analyze(SEED) + "```\n";
    DocPage.of("docs/analyze.md").mustHold("report", shown);
  }

  @Test
  void theIndexIsWhatAnalyzePrints() throws Exception {
    String report = analyze("samples/storm.kmsg");
    String index = report.substring(0, report.indexOf("\n\n") + 1);
    DocPage.of("docs/analyze.md").mustHold("index", "```text\n" + index + "```\n");
  }

  @Test
  void theEventIsWhatAConsumerReads() throws Exception {
    String first = analyze("--output", "json", SEED).lines().findFirst().orElseThrow();
    JsonNode kill = new JsonMapper().readTree(first);
    assertThat(kill.path("type").asText()).isEqualTo("io.oomstream.kill.v1");
    String shown = "```json\n" + CompactJson.render(kill.path("data")) + "\n```\n";
    DocPage.of("docs/reference/events.md").mustHold("event", shown);
  }

  private String analyze(String... arguments) throws Exception {
    Path out = folder.resolve("out");
    List<String> command = new java.util.ArrayList<>(List.of("./oomstream", "analyze"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of("..").toFile())
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}

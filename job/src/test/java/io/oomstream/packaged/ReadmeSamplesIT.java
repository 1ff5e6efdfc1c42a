package io.oomstream.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the README shows of a report and of an event is what the launcher prints today: {@code mvn
 * verify -Dit.test=ReadmeSamplesIT -Doomstream.write-readme=true} writes it, and a stale one fails.
 */
class ReadmeSamplesIT {

  private static final Path README = Path.of("..", "README.md");
  private static final String SEED = "samples/seed.dmesg";

  @TempDir private Path folder;

  @Test
  void theReportIsWhatAnalyzePrints() throws Exception {
    holds("report", "```text\n" + analyze() + "```\n");
  }

  @Test
  void theEventIsWhatAConsumerReads() throws Exception {
    String first = analyze("--output", "json").lines().findFirst().orElseThrow();
    JsonNode kill = new JsonMapper().readTree(first);
    assertThat(kill.path("type").asText()).isEqualTo("io.oomstream.kill.v1");
    holds("event", "```json\n" + CompactJson.render(kill.path("data")) + "\n```\n");
  }

  private static void holds(String what, String fresh) throws IOException {
    String readme = Files.readString(README);
    String beginMark = "<!-- " + what + ": " + SEED + " -->\n";
    int begin = readme.indexOf(beginMark) + beginMark.length();
    int end = readme.indexOf("<!-- end of " + what + " -->");
    assertThat(begin).as(beginMark).isGreaterThanOrEqualTo(beginMark.length());
    assertThat(end).isGreaterThanOrEqualTo(begin);
    if (Boolean.getBoolean("oomstream.write-readme")) {
      Files.writeString(README, readme.substring(0, begin) + fresh + readme.substring(end));
      return;
    }
    assertThat(readme.substring(begin, end))
        .as("stale: mvn verify -Dit.test=ReadmeSamplesIT -Doomstream.write-readme=true")
        .isEqualTo(fresh);
  }

  private String analyze(String... options) throws Exception {
    Path out = folder.resolve("out");
    List<String> command = new java.util.ArrayList<>(List.of("./oomstream", "analyze"));
    command.addAll(List.of(options));
    command.add(SEED);
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

package io.oomstream.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.oomstream.config.OptionTable;
import io.oomstream.deploy.DocPage;
import io.oomstream.event.Severity;
import io.oomstream.event.SignalKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of signals has a row for every kind, and says of none what golden events contradict. */
class SignalsDocTest {

  private static final Pattern OPTION = Pattern.compile("`((?:diagnose|detect)\\.[a-z.-]+)`");

  /** Cells of a kind's row: meaning, from, severity. */
  private static Map<SignalKind, List<String>> rows() throws IOException {
    Map<SignalKind, List<String>> rows = new EnumMap<>(SignalKind.class);
    List<String> page = Files.readAllLines(DocPage.of("docs/reference/signals.md").file());
    for (String line : page) {
      if (line.startsWith("| `")) {
        List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        SignalKind kind = SignalKind.valueOf(cells.get(1).replace("`", ""));
        assertThat(rows.put(kind, cells.subList(2, 5))).as("two rows of %s", kind).isNull();
      }
    }
    return rows;
  }

  @Test
  void everyKindHasItsRow() throws IOException {
    Map<SignalKind, List<String>> rows = rows();
    assertThat(rows.keySet())
        .as("the table of docs/reference/signals.md has a row for each kind")
        .containsExactlyInAnyOrder(SignalKind.values());
    rows.forEach(
        (kind, cells) -> {
          assertThat(cells.get(0))
              .as("%s: a sentence that says what it means", kind)
              .hasSizeGreaterThan(20)
              .endsWith(".");
          assertThat(cells.get(1))
              .as("%s: where it comes from", kind)
              .matches("(block|episode|trend)(, (block|episode|trend))*");
          assertThat(documented(cells.get(2))).as("%s: a severity", kind).isNotEmpty();
        });
  }

  /** The bridge's and the alerts' links end in the kind's name in lower case. */
  @Test
  void everyKindHasItsSectionThatSaysWhatToDo() throws IOException {
    String page = Files.readString(DocPage.of("docs/reference/signals.md").file());
    List<String> kinds = new ArrayList<>(List.of("OOM_KILL"));
    Arrays.stream(SignalKind.values()).map(Enum::name).forEach(kinds::add);
    for (String kind : kinds) {
      int at = page.indexOf("\n### " + kind + "\n");
      assertThat(at).as("docs/reference/signals.md has a section ### %s", kind).isPositive();
      String section = page.substring(at + 5).split("\n#", 2)[0];
      assertThat(section).contains("* **Means:** ", "* **Look:** ", "* **Do:** ");
    }
    assertThat(page.lines().filter(l -> l.startsWith("### "))).hasSameSizeAs(kinds);
  }

  @Test
  void severitiesAreThoseOfTheGoldenEvents() throws IOException {
    Map<SignalKind, List<String>> rows = rows();
    int signals = 0;
    for (JsonNode signal : goldenSignals()) {
      signals++;
      SignalKind kind = SignalKind.valueOf(signal.path("kind").asText());
      List<String> row = Objects.requireNonNull(rows.get(kind), kind.name());
      assertThat(documented(row.get(2))).as(kind.name()).contains(signal.path("severity").asText());
      assertThat(row.get(1)).as("%s comes from a block", kind).contains("block");
    }
    assertThat(signals).isGreaterThan(50);
  }

  @Test
  void everyOptionThatIsNamedIsOne() throws IOException {
    String page = Files.readString(DocPage.of("docs/reference/signals.md").file());
    Matcher option = OPTION.matcher(page);
    int named = 0;
    while (option.find()) {
      named++;
      assertThat(OptionTable.markdown()).contains("| `" + option.group(1) + "` |");
    }
    assertThat(named).isGreaterThan(5);
  }

  private static Set<String> documented(String severities) {
    Set<String> found = new TreeSet<>();
    for (Severity severity : Severity.values()) {
      if (severities.matches(".*\\b" + severity + "\\b.*")) {
        found.add(severity.name());
      }
    }
    return found;
  }

  private static List<JsonNode> goldenSignals() throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(Path.of("src/test/resources/reports"))) {
      files = list.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    }
    List<JsonNode> signals = new ArrayList<>();
    for (Path file : files) {
      new JsonMapper().readTree(file.toFile()).path("signals").forEach(signals::add);
    }
    return signals;
  }
}

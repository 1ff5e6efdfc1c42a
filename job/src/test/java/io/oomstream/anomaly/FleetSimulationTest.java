package io.oomstream.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.deploy.DocPage;
import io.oomstream.event.SignalKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * RaisedSignal is what was built in, and nothing else. {@code -Doomstream.write-simulation=true}
 * runs the week of ten thousand hosts and writes its counts to {@code docs/develop/simulation.md}.
 */
class FleetSimulationTest {

  private static final Path TABLE = DocPage.of("docs/develop/simulation.md").file();

  @Test
  void twoDaysOfAThousandHosts() {
    for (long seed = 1; seed <= 5; seed++) {
      check(FleetSimulation.run(1_000, 2, seed));
    }
  }

  @Test
  void theSameSeedGivesTheSame() {
    assertThat(FleetSimulation.run(500, 1, 9)).isEqualTo(FleetSimulation.run(500, 1, 9));
  }

  @Test
  @EnabledIfSystemProperty(named = "oomstream.write-simulation", matches = "true")
  void aWeekOfTenThousandHosts() throws IOException {
    FleetSimulation.Outcome outcome = FleetSimulation.run(10_000, 7, 1);
    StringBuilder table = new StringBuilder();
    table
        .append("# A week of ten thousand hosts\n\n")
        .append(
            "This page is made by a simulation; see [recipes](recipes.md#pages-made-from-the-code).")
        .append(" Every build runs a smaller simulation and asserts the same.\n\n")
        .append("The simulated fleet has seasonal background noise: day and night, deployments,")
        .append(
            " nightly batch jobs, single failed allocations.\nOn each day one bad deployment hits 40")
        .append(
            " hosts, and there is one crash loop, one storm and one burst of failed\nallocations.")
        .append(" All options have their defaults.")
        .append("\n\n")
        .append(outcome.kills())
        .append(" kills and ")
        .append(outcome.failures())
        .append(" failed allocations gave ")
        .append(outcome.signals())
        .append(" signals of episodes.\n\n| signal | injected | opened | closed | false |\n")
        .append("|---|---|---|---|---|\n");
    for (SignalKind kind : outcome.expected().keySet()) {
      int expected = outcome.expected().getOrDefault(kind, 0);
      int opened = outcome.opened().getOrDefault(kind, 0);
      table
          .append("| `")
          .append(kind)
          .append("` | ")
          .append(expected)
          .append(" | ")
          .append(opened)
          .append(" | ")
          .append(outcome.closed().getOrDefault(kind, 0))
          .append(" | ")
          .append(opened - expected)
          .append(" |\n");
    }
    Files.writeString(TABLE, table.toString());
    check(outcome);
  }

  private static void check(FleetSimulation.Outcome outcome) {
    assertThat(outcome.opened()).isEqualTo(outcome.expected());
    assertThat(outcome.closed()).isEqualTo(outcome.expected());
    assertThat(outcome.kills()).isGreaterThan(200);
  }
}

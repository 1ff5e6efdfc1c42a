package io.oomstream.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.SignalKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Raised is what was built in, and nothing else. {@code -Doomstream.write-simulation=true} runs the
 * week of ten thousand hosts and writes its counts to {@code SIMULATION.md}.
 */
class FleetSimulationTest {

  private static final Path TABLE = Path.of("SIMULATION.md");

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
        .append("Written by `FleetSimulationTest` with `-Doomstream.write-simulation=true`; a")
        .append(" smaller run is part of every build.\nSeasonal chatter (day and night, deploys,")
        .append(" nightly batch jobs, single failed allocations), and each day a bad deploy on 40")
        .append(
            " hosts,\na crash loop, a storm and a burst of failed allocations. Default options.")
        .append("\n\n")
        .append(outcome.kills())
        .append(" kills and ")
        .append(outcome.failures())
        .append(" failed allocations gave ")
        .append(outcome.signals())
        .append(" signals of episodes.\n\n| signal | built in | opened | closed | false |\n")
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

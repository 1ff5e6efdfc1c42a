package io.oomstream.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.deploy.DocPage;
import io.oomstream.event.AnomalySignal;
import io.oomstream.event.SignalKind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Alarms where there must be some, in time, and nowhere else. */
class DetectorTableTest {

  private static List<Scenario.Outcome> lab;
  private static List<Scenario.Outcome> healthy;
  private static List<Scenario.Outcome> leaks;

  @BeforeAll
  static void run() {
    TrendOptions options = TrendOptions.defaults();
    lab = Scenarios.lab().stream().map(s -> s.run(options)).toList();
    healthy = Scenarios.healthy().stream().map(s -> s.run(options)).toList();
    leaks = Scenarios.leaks().stream().map(s -> s.run(options)).toList();
  }

  @Test
  void healthyMachinesRaiseNothing() {
    assertThat(healthy)
        .allSatisfy(
            outcome ->
                assertThat(outcome.signals().stream().map(AnomalySignal::summary))
                    .as(outcome.scenario().name())
                    .isEmpty());
  }

  @Test
  void everyLeakAlarmsBeforeItsKillAndOnceForAnEpisode() {
    for (Scenario.Outcome outcome : leaks) {
      assertThat(outcome.leadMs()).as(outcome.scenario().name()).isNotNull().isPositive();
    }
  }

  @Test
  void labMachinesThatGrowAlarmBeforeTheirKill() {
    for (Scenario.Outcome outcome : lab) {
      String name = outcome.scenario().name();
      if (outcome.scenario().expected() != null) {
        assertThat(outcome.first()).as(name).isNotNull();
        if (outcome.scenario().killMs() != null) {
          assertThat(outcome.leadMs()).as(name).isPositive();
        }
      }
    }
  }

  @Test
  void theTableIsUpToDate() throws IOException {
    DocPage.of("docs/reference/trends.md").mustHold("scenarios", table());
  }

  private static String table() {
    StringBuilder out = new StringBuilder();
    out.append("\n| scenario | expected | raised | lead time | forecast's error |\n")
        .append("|---|---|---|---|---|\n");
    List<Scenario.Outcome> all = new ArrayList<>(healthy);
    all.addAll(leaks);
    all.addAll(lab);
    int right = 0;
    int raised = 0;
    int due = 0;
    int met = 0;
    for (Scenario.Outcome outcome : all) {
      Set<SignalKind> kinds = new LinkedHashSet<>();
      outcome.opened().forEach(s -> kinds.add(s.kind()));
      kinds.remove(SignalKind.LOG_LOSS);
      boolean troubled =
          outcome.scenario().killMs() != null || outcome.scenario().expected() != null;
      raised += kinds.size();
      right += troubled ? kinds.size() : 0;
      due += outcome.scenario().expected() == null ? 0 : 1;
      met += outcome.first() == null ? 0 : 1;
      out.append("| ")
          .append(outcome.scenario().name())
          .append(" | ")
          .append(outcome.scenario().expected() == null ? "–" : outcome.scenario().expected())
          .append(" | ")
          .append(
              kinds.isEmpty() ? "–" : String.join(", ", kinds.stream().map(Enum::name).toList()))
          .append(" | ")
          .append(outcome.leadMs() == null ? "–" : HumanTime.of(outcome.leadMs()))
          .append(" | ")
          .append(error(outcome))
          .append(" |\n");
    }
    return out.append(
            String.format(
                Locale.ROOT,
                "%nPrecision: %d of %d alarms are of machines in trouble. Recall: %d of %d.%n%n",
                right,
                raised,
                met,
                due))
        .toString();
  }

  /** How far the forecast of the first alarm was off, as a share of the time that was left. */
  private static String error(Scenario.Outcome outcome) {
    AnomalySignal first = outcome.first();
    Long lead = outcome.leadMs();
    if (first == null || lead == null || first.forecast() == null) {
      return "–";
    }
    long said =
        Duration.between(Objects.requireNonNull(first.time()), first.forecast().at()).toMillis();
    return String.format(Locale.ROOT, "%+.0f %%", 100.0 * (said - lead) / lead);
  }
}

package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.event.SignalKind;
import io.oomstream.function.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules, dashboard and runbook against what the running job reports and against one another. */
class MonitoringTest {

  private static final Path MONITORING = Manifests.DEPLOY.resolve("monitoring");
  private static final String OPERATOR = "flink_taskmanager_job_task_operator_";
  private static final int PORT = port();

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(RegisteredMetrics.cluster(PORT));

  @Test
  void everySelectorFitsASeriesOfTheRunningJob() throws Exception {
    List<String> series = RegisteredMetrics.scrape(PORT).lines().toList();
    List<String> expressions = new ArrayList<>();
    for (Alerts alerts : Alerts.values()) {
      expressions.addAll(alerts.rules().findValuesAsText("expr"));
    }
    for (String dashboard : List.of("dashboard.json", "findings-dashboard.json")) {
      expressions.addAll(
          Manifests.YAML.readTree(MONITORING.resolve(dashboard).toFile()).findValuesAsText("expr"));
    }
    assertThat(expressions).hasSizeGreaterThan(60);
    // Kafka's own exporter, where Strimzi or somebody else runs it: Flink knows no lag by
    // partition.
    assertThat(expressions.removeIf(e -> e.contains("kafka_consumergroup_lag{"))).isTrue();
    assertThat(expressions)
        .allSatisfy(e -> assertThat(MonitoringRules.unregistered(e, series)).as(e).isEmpty());

    assertThat(series).anyMatch(at0("cause_scope_kills", "cause", "MEMCG_LIMIT", "scope", "MEMCG"));
    assertThat(series)
        .anyMatch(at0("kind_severity_signals", "kind", "OOM_STORM", "severity", "INFO"));
    assertThat(series)
        .anyMatch(
            s -> s.startsWith(OPERATOR + "user_kernelToWrittenMs{") && s.contains("quantile="));

    for (Metrics.Described metric : Metrics.all()) {
      if (!metric.name().contains("{")) {
        assertThat(series)
            .as("%s is registered by %s", metric.name(), metric.operator())
            .anyMatch(s -> s.startsWith(OPERATOR) && s.contains("_" + metric.name() + "{"));
      }
    }

    String made = "rate(flink_taskmanager_job_task_operator_linesLost{job_name=\"oomstream\"}[5m])";
    assertThat(MonitoringRules.unregistered(made, series)).hasSize(1);
    String labelled = "flink_jobmanager_job_numRestarts{job_name=\"another\"}";
    assertThat(MonitoringRules.unregistered(labelled, series)).hasSize(1);
  }

  /** A series that is there before anything was counted, and not only from 1 on. */
  private static Predicate<String> at0(
      String name, String first, String a, String second, String b) {
    return s ->
        s.startsWith(OPERATOR + name + "{")
            && s.contains(first + "=\"" + a + "\"")
            && s.contains(second + "=\"" + b + "\"")
            && s.endsWith(" 0.0");
  }

  /** A file of alerts, its unit tests and its page. */
  enum Alerts {
    PIPELINE("prometheusrule", "runbook"),
    FINDINGS("findings", "findings");

    private final String file;
    private final String page;

    Alerts(String file, String page) {
      this.file = file;
      this.page = "docs/operate/" + page + ".md";
    }

    JsonNode rules() throws IOException {
      return spec().at("/groups/0/rules");
    }

    JsonNode spec() throws IOException {
      return Manifests.read(MONITORING.resolve(file + ".yaml")).get(0).path("spec");
    }

    JsonNode tests() throws IOException {
      return Manifests.read(MONITORING.resolve(file + "-tests.yaml")).get(0);
    }

    List<String> violations(JsonNode rules) throws IOException {
      String entries = Files.readString(DocPage.ROOT.resolve(page));
      return MonitoringRules.violations(rules, page, entries, tests());
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyAlertHasItsEntryInItsPageAndItsUnitTest(Alerts alerts) throws IOException {
    assertThat(alerts.rules()).hasSizeGreaterThan(5);
    assertThat(alerts.violations(alerts.rules())).isEmpty();
  }

  /** The kinds that the alerts on findings ask for exist, and so do their severities. */
  @Test
  void everyKindOfAFindingIsOneOfTheJobs() throws IOException {
    List<String> asked = new ArrayList<>();
    for (String expression : Alerts.FINDINGS.rules().findValuesAsText("expr")) {
      Pattern.compile("kind=~?\"([A-Z_|]+)\"")
          .matcher(expression)
          .results()
          .forEach(m -> asked.addAll(List.of(m.group(1).split("\\|"))));
    }
    assertThat(asked)
        .contains("OOM_STORM", "OOM_CRASH_LOOP", "FLEET_OOM", "OOM_PANIC", "MEMORY_GROWTH")
        .isSubsetOf(Arrays.stream(SignalKind.values()).map(Enum::name).toList());
  }

  /** A field of the first alert, JSON, what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "expr|\"sum(rate(flink_x[5m])\"|brackets",
        "expr|\"summ(flink_x)\"|Prometheus has no summ",
        "alert|\"OomstreamGone\"|no entry for OomstreamGone",
        "alert|\"OomstreamGone\"|no alert OomstreamDown",
        "alert|\"OomstreamGone\"|OomstreamGone has no unit test",
        "alert|\"OomstreamGone\"|tests no alert: OomstreamDown",
        "alert|\"OomstreamRestarting\"|is there twice",
        "for|\"soon\"|no time",
        "labels|{\"severity\": \"page\"}|no severity",
        "expr|\"sum(flink_x)\"|hide another's",
        "expr|\"max by (job_name) (flink_x)\"|hide another's",
        "expr|\"absent(flink_x{job_name='oomstream'})\"|hide another's",
        "annotations|{\"runbook_url\": \"https://x/docs/operate/runbook.md#oomstreamdown\"}|no summary",
        "annotations|{\"summary\": \"x\", \"runbook_url\": \"docs/operate/runbook.md#oomstreamdown\"}|another entry",
        "annotations|{\"summary\": \"x\", \"runbook_url\": \"https://x/docs/operate/runbook.md#oomstreamrestarting\"}|another entry",
      })
  void aBreakageIsFound(String field, String json, String said) throws IOException {
    JsonNode alerts = Alerts.PIPELINE.rules();
    ((ObjectNode) alerts.get(0)).set(field, Manifests.YAML.readTree(json));
    assertThat(Alerts.PIPELINE.violations(alerts)).anySatisfy(v -> assertThat(v).contains(said));
  }

  /** Where the machine has promtool: syntax, and the unit tests. */
  @ParameterizedTest
  @EnumSource
  void promtoolAgrees(Alerts alerts, @TempDir Path folder) throws Exception {
    Path rules = folder.resolve("rules.yaml");
    Manifests.YAML.writeValue(rules.toFile(), alerts.spec());
    Path tests = folder.resolve("tests.yaml");
    Manifests.YAML.writeValue(tests.toFile(), alerts.tests());
    Path out = folder.resolve("out");
    if (Tools.run(out, "promtool", "check", "rules", rules.toString())) {
      assertThat(Tools.run(out, "promtool", "test", "rules", tests.toString())).isTrue();
    }
    assertThat(alerts.spec().path("groups")).isNotEmpty();
  }

  private static int port() {
    try {
      return RegisteredMetrics.freePort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

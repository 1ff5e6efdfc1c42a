package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Rules, dashboard and runbook against what the running job reports and against one another. */
class MonitoringTest {

  private static final Path MONITORING = Manifests.DEPLOY.resolve("monitoring");
  private static final Pattern SELECTOR = Pattern.compile("(flink_\\w+)(?:\\{([^}]*)\\})?");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~?)\"([^\"]*)\"");
  private static final Pattern CALL = Pattern.compile("([a-z_]+)\\s*\\(");

  /** Functions, aggregations and keywords of PromQL that the expressions use. */
  private static final Set<String> PROMQL =
      Set.of(
          "absent",
          "increase",
          "rate",
          "delta",
          "time",
          "sum",
          "max",
          "min",
          "by",
          "on",
          "job_name");

  private static final int PORT = port();

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(RegisteredMetrics.cluster(PORT));

  @Test
  void everySelectorFitsASeriesOfTheRunningJob() throws Exception {
    List<String> series = RegisteredMetrics.scrape(PORT).lines().toList();
    List<String> expressions = new ArrayList<>(alerts().findValuesAsText("expr"));
    expressions.addAll(dashboard().findValuesAsText("expr"));
    assertThat(expressions).hasSizeGreaterThan(30);
    assertThat(expressions).allSatisfy(e -> assertThat(unregistered(e, series)).as(e).isEmpty());

    String made = "rate(flink_taskmanager_job_task_operator_linesLost{job_name=\"oomstream\"}[5m])";
    assertThat(unregistered(made, series)).hasSize(1);
    String labelled = "flink_jobmanager_job_numRestarts{job_name=\"another\"}";
    assertThat(unregistered(labelled, series)).hasSize(1);
  }

  /** The selectors of an expression that no series fits. */
  private static List<String> unregistered(String expression, List<String> series) {
    List<String> missing = new ArrayList<>();
    Matcher selector = SELECTOR.matcher(expression);
    int selectors = 0;
    while (selector.find()) {
      selectors++;
      List<Pattern> labels = new ArrayList<>();
      if (selector.group(2) != null) {
        Matcher label = MATCHER.matcher(selector.group(2));
        while (label.find()) {
          String value =
              "=".equals(label.group(2))
                  ? Pattern.quote(label.group(3))
                  : "(?:" + label.group(3) + ")";
          labels.add(Pattern.compile("[{,]" + label.group(1) + "=\"" + value + "\""));
        }
      }
      String name = selector.group(1) + "{";
      if (series.stream()
          .filter(s -> s.startsWith(name))
          .noneMatch(s -> labels.stream().allMatch(l -> l.matcher(s).find()))) {
        missing.add(selector.group());
      }
    }
    return selectors == 0 ? List.of("no metric in " + expression) : missing;
  }

  @Test
  void expressionsAreBalancedAndCallWhatPrometheusHas() throws Exception {
    assertThat(alerts().findValuesAsText("expr"))
        .allSatisfy(e -> assertThat(malformed(e)).isFalse());
    assertThat(malformed("sum(rate(flink_x[5m])")).isTrue();
    assertThat(malformed("summ(flink_x)")).isTrue();
  }

  private static boolean malformed(String expression) {
    int depth = 0;
    for (char c : expression.toCharArray()) {
      depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
      if (depth < 0) {
        return true;
      }
    }
    return depth != 0
        || !CALL.matcher(expression).results().map(m -> m.group(1)).allMatch(PROMQL::contains);
  }

  @Test
  void everyAlertHasItsEntryInTheRunbookAndItsUnitTest() throws IOException {
    List<String> names = alerts().findValuesAsText("alert");
    assertThat(names).hasSizeGreaterThan(15).doesNotHaveDuplicates();
    String runbook = Files.readString(MONITORING.resolve("RUNBOOK.md"));
    Set<String> entries =
        runbook
            .lines()
            .filter(l -> l.startsWith("## "))
            .map(l -> l.substring(3))
            .collect(Collectors.toSet());
    assertThat(entries).isEqualTo(new TreeSet<>(names));
    for (JsonNode alert : alerts()) {
      assertThat(alert.at("/annotations/runbook").asText())
          .endsWith("#" + alert.path("alert").asText().toLowerCase(Locale.ROOT));
      assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning", "info");
    }
    JsonNode tests = Manifests.read(MONITORING.resolve("prometheusrule-tests.yaml")).get(0);
    Set<String> firing = new TreeSet<>();
    tests.findValues("alert_rule_test").forEach(t -> t.forEach(a -> addIfFiring(a, firing)));
    assertThat(firing).containsExactlyInAnyOrderElementsOf(names);
  }

  private static void addIfFiring(JsonNode test, Set<String> firing) {
    if (!test.path("exp_alerts").isEmpty()) {
      firing.add(test.path("alertname").asText());
    }
  }

  /** Where the machine has promtool: syntax, and the unit tests. */
  @Test
  void promtoolAgrees(@TempDir Path folder) throws Exception {
    JsonNode spec = Manifests.read(MONITORING.resolve("prometheusrule.yaml")).get(0).path("spec");
    Path rules = folder.resolve("rules.yaml");
    Manifests.YAML.writeValue(rules.toFile(), spec);
    Path tests =
        Files.copy(MONITORING.resolve("prometheusrule-tests.yaml"), folder.resolve("tests.yaml"));
    Path out = folder.resolve("out");
    if (Tools.run(out, "promtool", "check", "rules", rules.toString())) {
      assertThat(Tools.run(out, "promtool", "test", "rules", tests.toString())).isTrue();
    }
    assertThat(spec.path("groups")).isNotEmpty();
  }

  private static JsonNode alerts() throws IOException {
    return Manifests.read(MONITORING.resolve("prometheusrule.yaml"))
        .get(0)
        .at("/spec/groups/0/rules");
  }

  private static JsonNode dashboard() throws IOException {
    return Manifests.YAML.readTree(MONITORING.resolve("dashboard.json").toFile());
  }

  private static int port() {
    try {
      return RegisteredMetrics.freePort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

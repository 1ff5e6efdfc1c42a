package io.oomstream.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is wrong with alerts, dashboard and runbook, by what the job serves and by one another. */
final class MonitoringRules {

  private static final Pattern SELECTOR = Pattern.compile("(flink_\\w+)(?:\\{([^}]*)\\})?");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~?)\"([^\"]*)\"");
  private static final Pattern CALL = Pattern.compile("([a-z_]+)\\s*\\(");

  /** Functions, aggregations and keywords of PromQL that the expressions use. */
  private static final Set<String> PROMQL =
      Set.of(
          "absent",
          "last_over_time",
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

  /** What Prometheus puts on a series from where it scraped it, and not Flink. */
  private static final String NAMESPACE = "namespace";

  private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on) \\(([^)]*)\\)");
  private static final Pattern ABSENT = Pattern.compile("\\babsent\\(([^)]*)\\)");
  private static final Pattern AGGREGATION = Pattern.compile("\\b(?:sum|max|min)\\b(?! by \\()");

  private static final Set<String> SEVERITIES = Set.of("critical", "warning", "info");

  private MonitoringRules() {}

  /** The selectors of an expression that no series fits. */
  static List<String> unregistered(String expression, List<String> series) {
    List<String> missing = new ArrayList<>();
    Matcher selector = SELECTOR.matcher(expression);
    int selectors = 0;
    while (selector.find()) {
      selectors++;
      List<Pattern> labels = new ArrayList<>();
      if (selector.group(2) != null) {
        Matcher label = MATCHER.matcher(selector.group(2));
        while (label.find()) {
          if (label.group(1).equals(NAMESPACE)) {
            continue;
          }
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
        missing.add("nothing serves " + selector.group());
      }
    }
    return selectors == 0 ? List.of("no metric in " + expression) : missing;
  }

  /** Alerts, each with its entry in their page and a unit test in which it fires. */
  static List<String> violations(JsonNode alerts, String page, String runbook, JsonNode tests) {
    List<String> found = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    Set<String> entries =
        runbook
            .lines()
            .filter(l -> l.startsWith("## "))
            .map(l -> l.substring(3))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> firing = new TreeSet<>();
    for (JsonNode group : tests.findValues("alert_rule_test")) {
      for (JsonNode test : group) {
        if (!test.path("exp_alerts").isEmpty()) {
          firing.add(test.path("alertname").asText());
        }
      }
    }
    for (JsonNode alert : alerts) {
      String name = alert.path("alert").asText();
      if (!names.add(name)) {
        found.add(name + " is there twice");
      }
      String expression = alert.path("expr").asText();
      malformed(expression).forEach(m -> found.add(name + ": " + m));
      if (mixesNamespaces(expression)) {
        found.add(name + ": one namespace's job may hide another's");
      }
      if (!alert.at("/for").asText().matches("\\d+[smh]")) {
        found.add(name + ": no time for which it must hold");
      }
      if (!SEVERITIES.contains(alert.at("/labels/severity").asText())) {
        found.add(name + " has no severity");
      }
      if (alert.at("/annotations/summary").asText().isEmpty()) {
        found.add(name + " has no summary");
      }
      if (!alert
          .at("/annotations/runbook_url")
          .asText()
          .matches("https://.*/" + Pattern.quote(page + "#" + name.toLowerCase(Locale.ROOT)))) {
        found.add(name + " leads to another entry than its own");
      }
      if (!firing.contains(name)) {
        found.add(name + " has no unit test in which it fires");
      }
    }
    names.stream().filter(n -> !entries.contains(n)).forEach(n -> found.add("no entry for " + n));
    entries.stream().filter(n -> !names.contains(n)).forEach(n -> found.add("no alert " + n));
    firing.stream().filter(n -> !names.contains(n)).forEach(n -> found.add("tests no alert: " + n));
    return found;
  }

  /** Two deployments under one Prometheus have equal names and differ by their namespace only. */
  private static boolean mixesNamespaces(String expression) {
    return AGGREGATION.matcher(expression).find()
        || GROUPING.matcher(expression).results().anyMatch(g -> !g.group(1).contains(NAMESPACE))
        || ABSENT
            .matcher(expression)
            .results()
            .anyMatch(a -> !a.group(1).contains(NAMESPACE + "=\""));
  }

  private static List<String> malformed(String expression) {
    int depth = 0;
    for (char c : expression.toCharArray()) {
      depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
      if (depth < 0) {
        return List.of("brackets");
      }
    }
    if (depth != 0) {
      return List.of("brackets");
    }
    return CALL.matcher(expression)
        .results()
        .map(m -> m.group(1))
        .filter(f -> !PROMQL.contains(f))
        .map(f -> "Prometheus has no " + f)
        .toList();
  }
}

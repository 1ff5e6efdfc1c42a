package io.oomstream.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What every API server accepts and a cluster then does not do as it was meant. */
final class ClusterRules {

  private static final String HISTORY = "kubernetes.operator.savepoint.history.max.";

  private ClusterRules() {}

  static List<String> violations(List<ObjectNode> objects) {
    List<String> found = new ArrayList<>();
    Set<String> classes = new HashSet<>();
    objects.stream()
        .filter(o -> o.path("kind").asText().equals("PriorityClass"))
        .forEach(o -> classes.add(o.at("/metadata/name").asText()));
    for (JsonNode o : objects) {
      switch (o.path("kind").asText()) {
        case "FlinkDeployment" -> flinkDeployment(o, found);
        case "DaemonSet" -> priority(o, classes, found);
        case "PodDisruptionBudget" -> budget(o, found);
        case "NetworkPolicy" -> network(o, found);
        default -> {}
      }
    }
    return found;
  }

  private static void flinkDeployment(JsonNode o, List<String> found) {
    JsonNode set = o.at("/spec/flinkConfiguration");
    boolean keeps = set.has("kubernetes.operator.periodic.savepoint.interval");
    if (keeps && (!set.has(HISTORY + "count") || !set.has(HISTORY + "age"))) {
      found.add("savepoints go after 24 h or after ten: set both " + HISTORY + "count and age");
    }
    if (set.path("high-availability.type").asText("none").equals("none")) {
      found.add("without high availability a restarted JobManager repeats from the last savepoint");
    }
    boolean application = o.path("spec").has("job");
    if (application && set.path("web.submit.enable").asBoolean(true)) {
      found.add("anybody who reaches the REST port may run a jar");
    }
    if (!set.path("kubernetes.operator.pod-template.merge-arrays-by-name").asBoolean()
        && (o.at("/spec/jobManager").has("podTemplate")
            || o.at("/spec/taskManager").has("podTemplate"))) {
      found.add("two pod templates are merged by position");
    }
  }

  /**
   * A budget's percentage, and its maxUnavailable, count against the scale of the pods' owner. The
   * TaskManagers' owner is the JobManager's Deployment.
   */
  private static void budget(JsonNode o, List<String> found) {
    if (!o.at("/spec/minAvailable").isInt()) {
      found.add("a budget of pods that no scale counts needs an integer minAvailable");
    }
  }

  private static void network(JsonNode o, List<String> found) {
    for (JsonNode from : o.at("/spec/ingress").findValues("from")) {
      for (JsonNode peer : from) {
        boolean operator =
            peer.at("/podSelector/matchLabels").toString().contains("flink-kubernetes-operator");
        if (operator && peer.at("/namespaceSelector/matchLabels").isEmpty()) {
          found.add("a pod of any namespace may take the operator's label");
        }
      }
    }
  }

  private static void priority(JsonNode o, Set<String> classes, List<String> found) {
    String name = o.at("/spec/template/spec/priorityClassName").asText();
    if (name.isEmpty()) {
      found.add("evicted first under memory pressure: no priority class");
    } else if (name.startsWith("system-")) {
      found.add("refused outside of kube-system on some clusters: " + name);
    } else if (!classes.contains(name)) {
      found.add("nobody makes the priority class " + name);
    }
  }
}

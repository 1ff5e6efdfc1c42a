package io.oomstream.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** What no schema says: hardening, references, options, rights on Kafka. */
final class DeployRules {

  /** Made by others: Strimzi writes these for the KafkaUsers and the cluster. */
  private static final Set<String> JOB_SECRETS = Set.of("oomstream", "kafka-cluster-ca-cert");

  private static final Set<String> SHIPPER_SECRETS =
      Set.of("oomstream-shipper", "kafka-cluster-ca-cert");

  /** The pager's key is the user's own, and optional. */
  private static final Set<String> READER_SECRETS =
      Set.of("oomstream-consumer", "kafka-cluster-ca-cert", "oomstream-pagerduty");

  private DeployRules() {}

  static List<String> violations(List<ObjectNode> objects) {
    List<String> found = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode o : objects) {
      String name = o.path("kind").asText() + "/" + o.at("/metadata/name").asText();
      if (!names.add(name)) {
        found.add("twice: " + name);
      }
      found.addAll(ObjectSchema.violations(o));
    }
    found.addAll(ClusterRules.violations(objects));
    for (JsonNode o : objects) {
      switch (o.path("kind").asText()) {
        case "FlinkDeployment" -> flinkDeployment(o, names, found);
        case "FlinkSessionJob" -> {
          if (!names.contains("FlinkDeployment/" + o.at("/spec/deploymentName").asText())) {
            found.add("session job without its deployment");
          }
        }
        case "DaemonSet" -> daemonSet(o, names, found);
        case "Deployment" -> deployment(o, names, found);
        case "KafkaUser" -> KafkaRights.check(o, found);
        case "ConfigMap" -> options(o, found);
        case "Secret" -> found.add("a secret's value in a manifest");
        case "Role" -> role(o, found);
        default -> {}
      }
    }
    return found;
  }

  private static void flinkDeployment(JsonNode o, Set<String> names, List<String> found) {
    JsonNode pod = o.at("/spec/podTemplate/spec");
    JsonNode set = o.at("/spec/flinkConfiguration");
    PodHardening.check(pod, found);
    reference("ServiceAccount/" + o.at("/spec/serviceAccount").asText(), names, found);
    for (JsonNode volume : pod.path("volumes")) {
      if (volume.has("configMap")) {
        reference("ConfigMap/" + volume.at("/configMap/name").asText(), names, found);
      } else if (volume.has("persistentVolumeClaim")) {
        String claim = volume.at("/persistentVolumeClaim/claimName").asText();
        reference("PersistentVolumeClaim/" + claim, names, found);
      }
    }
    secrets(pod, JOB_SECRETS, found);
    set.properties().forEach(e -> found.addAll(FlinkKeys.violations(e.getKey(), e.getValue())));
    boolean ha = set.path("high-availability.type").asText("none").equals("kubernetes");
    if (!ha && o.at("/spec/job/upgradeMode").asText().equals("last-state")) {
      found.add("upgradeMode last-state needs high availability");
    }
    if (!ha && o.at("/spec/jobManager/replicas").asInt(1) > 1) {
      found.add("several JobManagers need high availability");
    }
    for (String directory :
        List.of("execution.checkpointing.dir", "execution.checkpointing.savepoint-dir")) {
      if (set.path(directory).asText().isEmpty()) {
        found.add("not set: " + directory);
      }
    }
  }

  private static void deployment(JsonNode o, Set<String> names, List<String> found) {
    JsonNode pod = o.at("/spec/template/spec");
    PodHardening.check(pod, found);
    secrets(pod, READER_SECRETS, found);
    if (pod.path("automountServiceAccountToken").asBoolean(true)) {
      found.add("a reader that may speak to the API server");
    }
    for (JsonNode volume : pod.path("volumes")) {
      if (volume.has("configMap")) {
        reference("ConfigMap/" + volume.at("/configMap/name").asText(), names, found);
      }
    }
  }

  private static void daemonSet(JsonNode o, Set<String> names, List<String> found) {
    JsonNode pod = o.at("/spec/template/spec");
    PodHardening.shared(pod, found);
    secrets(pod, SHIPPER_SECRETS, found);
    if (pod.path("automountServiceAccountToken").asBoolean(true)) {
      found.add("a shipper that may speak to the API server");
    }
    if (!o.at("/spec/selector/matchLabels").equals(o.at("/spec/template/metadata/labels"))) {
      found.add("selects other pods than its own");
    }
    if (pod.has("serviceAccountName")) {
      reference("ServiceAccount/" + pod.path("serviceAccountName").asText(), names, found);
    }
    for (JsonNode volume : pod.path("volumes")) {
      if (volume.has("configMap")) {
        reference("ConfigMap/" + volume.at("/configMap/name").asText(), names, found);
      }
      boolean own = volume.at("/hostPath/path").asText().startsWith("/var/lib/oomstream-");
      for (JsonNode mount : pod.at("/containers/0/volumeMounts")) {
        if (mount.path("name").equals(volume.path("name"))
            && volume.has("hostPath")
            && !own
            && !mount.path("readOnly").asBoolean()) {
          found.add("may write the node's " + volume.at("/hostPath/path").asText());
        }
      }
    }
  }

  private static void secrets(JsonNode pod, Set<String> made, List<String> found) {
    List<String> names = new ArrayList<>(pod.findValuesAsText("secretName"));
    pod.findValues("secretKeyRef").forEach(r -> names.add(r.path("name").asText()));
    names.stream()
        .filter(n -> !made.contains(n))
        .forEach(n -> found.add("nobody makes the secret " + n));
  }

  private static void reference(String name, Set<String> names, List<String> found) {
    if (!names.contains(name)) {
      found.add("refers to nothing: " + name);
    }
  }

  private static void options(JsonNode o, List<String> found) {
    JsonNode text = o.at("/data/oomstream.properties");
    if (text.isMissingNode()) {
      return;
    }
    try {
      Properties properties = new Properties();
      properties.load(new StringReader(text.asText()));
      Map<String, String> options = new HashMap<>();
      properties.forEach((key, value) -> options.put(key.toString(), value.toString()));
      JobConfig.of(options);
      for (Map.Entry<String, String> option : options.entrySet()) {
        String key = option.getKey();
        if ((key.contains("password") || key.contains("jaas"))
            && !option.getValue().startsWith("${")) {
          found.add("a secret in plain text: " + key);
        }
      }
    } catch (BadOptionException | IOException e) {
      found.add("option: " + e.getMessage());
    }
  }

  private static void role(JsonNode o, List<String> found) {
    for (JsonNode rule : o.path("rules")) {
      if (rule.toString().contains("\"*\"") || rule.toString().contains("secrets")) {
        found.add("too wide a role: " + rule);
      }
    }
  }
}

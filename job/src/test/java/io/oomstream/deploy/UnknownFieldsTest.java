package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A misspelt field is found wherever it stands: one is put into every object of every manifest, one
 * after the other.
 */
class UnknownFieldsTest {

  private static final String MISSPELT = "misspelt";

  /** Maps of names that are the user's to choose. */
  private static final Set<String> FREE =
      Set.of(
          "annotations",
          "config",
          "data",
          "flinkConfiguration",
          "labels",
          "limits",
          "logConfiguration",
          "matchLabels",
          "requests");

  @Test
  void aFieldThatNoApiKnowsIsFoundInEveryPlace() throws Exception {
    Map<String, JsonNode> kinds = new TreeMap<>();
    for (Path folder : folders()) {
      for (ObjectNode object : Kustomization.render(folder)) {
        kinds.putIfAbsent(folder + " " + name(object), object);
      }
    }
    Set<String> seen = new TreeSet<>();
    List<String> passedOver = new ArrayList<>();
    int places = 0;
    for (JsonNode object : kinds.values()) {
      for (ObjectNode place : places(object)) {
        places++;
        place.put(MISSPELT, "x");
        if (ObjectSchema.violations(object).isEmpty()) {
          passedOver.add(name(object) + ": " + place);
        }
        place.remove(MISSPELT);
      }
      seen.add(object.path("kind").asText());
    }
    assertThat(seen)
        .contains("ConfigMap", "DaemonSet", "FlinkDeployment", "FlinkSessionJob", "KafkaTopic")
        .contains("KafkaUser", "NetworkPolicy", "PersistentVolumeClaim", "PodDisruptionBudget")
        .contains("PodMonitor", "PrometheusRule", "Role", "RoleBinding", "ServiceAccount");
    assertThat(places).isGreaterThan(500);
    assertThat(passedOver).isEmpty();
  }

  private static List<Path> folders() throws IOException {
    try (Stream<Path> files = Files.walk(Manifests.DEPLOY)) {
      return files
          .filter(f -> f.endsWith("kustomization.yaml"))
          .map(Path::getParent)
          .filter(f -> !f.startsWith(Manifests.DEPLOY.resolve("components")))
          .sorted()
          .toList();
    }
  }

  private static String name(JsonNode object) {
    return object.path("kind").asText() + "/" + object.at("/metadata/name").asText();
  }

  /** The object and those in it, without the maps of free names; metadata is Kubernetes' own. */
  private static List<ObjectNode> places(JsonNode node) {
    List<ObjectNode> places = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      places.add(object);
    }
    for (var field : node.properties()) {
      if (!FREE.contains(field.getKey()) && !field.getKey().equals("metadata")) {
        places.addAll(places(field.getValue()));
      }
    }
    if (node.isArray()) {
      node.forEach(n -> places.addAll(places(n)));
    }
    return places;
  }
}

package io.oomstream.deploy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of deploy/k8s as trees. */
final class Manifests {

  /** Unit tests run in the module's folder. */
  static final Path DEPLOY = Path.of("..", "deploy", "k8s");

  static final Path BASE = DEPLOY.resolve("base");

  static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private Manifests() {}

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(BASE)) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  /** Every document of a file. */
  static List<JsonNode> read(Path file) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    try (JsonParser parser = YAML.createParser(file.toFile())) {
      while (parser.nextToken() != null) {
        documents.add(YAML.readTree(parser));
      }
    }
    return documents;
  }

  /** Every Kubernetes object of the base, without the kustomization. */
  static List<JsonNode> objects() throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    for (Path file : files()) {
      if (!file.endsWith("kustomization.yaml")) {
        objects.addAll(read(file));
      }
    }
    return objects;
  }

  /** The one object of a kind. */
  static JsonNode only(String kind) throws IOException {
    List<JsonNode> found =
        objects().stream().filter(o -> o.path("kind").asText().equals(kind)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " objects of kind " + kind);
    }
    return found.get(0);
  }

  static ObjectNode flinkDeployment() throws IOException {
    return only("FlinkDeployment").deepCopy();
  }
}

package io.oomstream.deploy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** As much of kustomize as these manifests use; anything else of it is refused. */
final class Kustomization {

  private static final Set<String> KNOWN =
      Set.of(
          "apiVersion",
          "kind",
          "resources",
          "components",
          "patches",
          "replacements",
          "labels",
          "configMapGenerator");

  private Kustomization() {}

  /** The objects that a folder renders to. */
  static List<ObjectNode> render(Path folder) throws IOException {
    List<ObjectNode> objects = new ArrayList<>();
    apply(folder, objects);
    objects.removeIf(
        o -> o.at("/metadata/annotations/config.kubernetes.io~1local-config").asBoolean());
    return objects;
  }

  private static void apply(Path folder, List<ObjectNode> objects) throws IOException {
    JsonNode kustomization = Manifests.read(folder.resolve("kustomization.yaml")).get(0);
    kustomization
        .fieldNames()
        .forEachRemaining(f -> require(KNOWN.contains(f), folder + ": not rendered here: " + f));
    for (JsonNode resource : kustomization.path("resources")) {
      Path path = folder.resolve(resource.asText());
      require(Files.exists(path), "no resource " + path);
      if (Files.isDirectory(path)) {
        apply(path, objects);
      } else {
        for (JsonNode object : Manifests.read(path)) {
          objects.add((ObjectNode) object);
        }
      }
    }
    for (JsonNode generator : kustomization.path("configMapGenerator")) {
      objects.add(configMap(folder, generator));
    }
    for (JsonNode component : kustomization.path("components")) {
      apply(folder.resolve(component.asText()), objects);
    }
    for (JsonNode patch : kustomization.path("patches")) {
      Path path = folder.resolve(patch.path("path").asText());
      require(Files.exists(path), "no patch " + path);
      for (JsonNode document : Manifests.read(path)) {
        patch(objects, document, patch.path("target"));
      }
    }
    label(objects, kustomization.path("labels"));
    kustomization.path("replacements").forEach(r -> Replacements.apply(objects, r));
  }

  private static void label(List<ObjectNode> objects, JsonNode labels) {
    for (JsonNode label : labels) {
      require(label.size() == 1, "only pairs of labels are rendered here");
      for (ObjectNode object : objects) {
        ((ObjectNode) object.path("metadata"))
            .withObject("/labels")
            .setAll((ObjectNode) label.path("pairs"));
      }
    }
  }

  private static ObjectNode configMap(Path folder, JsonNode generator) throws IOException {
    ObjectNode map = Manifests.YAML.createObjectNode();
    map.put("apiVersion", "v1").put("kind", "ConfigMap");
    ObjectNode metadata = map.putObject("metadata");
    metadata.put("name", generator.path("name").asText());
    require(
        generator.at("/options/disableNameSuffixHash").asBoolean(),
        "hashed names are not rendered");
    if (generator.at("/options/labels").isObject()) {
      metadata.set("labels", generator.at("/options/labels"));
    }
    for (JsonNode file : generator.path("files")) {
      map.withObject("/data").put(file.asText(), Files.readString(folder.resolve(file.asText())));
    }
    return map;
  }

  /** One patch on all its targets; it is an error to have none. */
  static void patch(List<ObjectNode> objects, JsonNode patch, JsonNode target) {
    JsonNode of = patch.isArray() ? target : patch;
    String kind = of.path("kind").asText();
    String name = patch.isArray() ? of.path("name").asText() : of.at("/metadata/name").asText();
    List<ObjectNode> found =
        objects.stream()
            .filter(o -> o.path("kind").asText().equals(kind))
            .filter(o -> name.isEmpty() || o.at("/metadata/name").asText().equals(name))
            .toList();
    require(!found.isEmpty(), "no target of the patch: " + kind + "/" + name);
    for (ObjectNode object : found) {
      if (patch.isArray()) {
        patch.forEach(operation -> operate(object, operation));
      } else if (patch.path("$patch").asText().equals("delete")) {
        objects.remove(object);
      } else {
        merge(object, (ObjectNode) patch);
      }
    }
  }

  private static void merge(ObjectNode into, ObjectNode patch) {
    for (var field : patch.properties()) {
      JsonNode there = into.get(field.getKey());
      if (field.getValue().isNull()) {
        into.remove(field.getKey());
      } else if (there instanceof ObjectNode object && field.getValue() instanceof ObjectNode p) {
        merge(object, p);
      } else {
        into.set(field.getKey(), field.getValue());
      }
    }
  }

  private static void operate(ObjectNode object, JsonNode operation) {
    JsonPointer path = JsonPointer.compile(operation.path("path").asText());
    String last = path.last().getMatchingProperty();
    JsonNode parent = object.at(path.head());
    JsonNode value = operation.path("value").deepCopy();
    require(parent.isContainerNode(), "no such path: " + path);
    String op = operation.path("op").asText();
    if (!op.equals("add")) {
      require(!object.at(path).isMissingNode(), "no such path: " + path);
    }
    switch (op) {
      case "test" -> require(object.at(path).equals(value), path + " is not " + value);
      case "remove" -> {
        if (parent instanceof ArrayNode array) {
          array.remove(Integer.parseInt(last));
        } else {
          ((ObjectNode) parent).remove(last);
        }
      }
      case "add", "replace" -> {
        if (parent instanceof ObjectNode fields) {
          fields.set(last, value);
        } else if (last.equals("-")) {
          ((ArrayNode) parent).add(value);
        } else if (op.equals("replace")) {
          ((ArrayNode) parent).set(Integer.parseInt(last), value);
        } else {
          ((ArrayNode) parent).insert(Integer.parseInt(last), value);
        }
      }
      default -> throw new AssertionError("operation not rendered here: " + op);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}

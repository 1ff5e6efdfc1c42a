package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One file holds what differs from one company to another, and every place takes it from there. */
class SettingsTest {

  private static final String SETTINGS = "settings/settings.yaml";

  /** A setting, another value, a folder, and how often the old and the new value are in it then. */
  @ParameterizedTest
  @CsvSource({
    "image,registry.example/oom@sha256:00,overlays/tls-sasl,1",
    "bucket,other-state,overlays/tls-sasl,3",
    "brokers,other:9093,overlays/tls-sasl,1",
    "cluster,other,overlays/tls-sasl,1",
    "cluster,other,overlays/kafka,12",
    "shipper,ship-eu-1,overlays/kafka,1",
    "shipper,ship-eu-1,shippers/fluent-bit-tls-sasl,2",
    "brokers,other:9093,shippers/fluent-bit-tls-sasl,1",
    "cluster,other,shippers/fluent-bit-tls-sasl,1",
    "namespace,prod,monitoring,1",
  })
  void aSettingReachesEveryPlace(
      String name, String value, String folder, int places, @TempDir Path copy) throws Exception {
    List<ObjectNode> before = Kustomization.render(Manifests.DEPLOY.resolve(folder));
    copyAll(Manifests.DEPLOY, copy);
    Path settings = copy.resolve(SETTINGS);
    JsonNode map = Manifests.read(settings).get(0);
    ((ObjectNode) map.path("data")).put(name, value);
    Files.writeString(settings, Manifests.YAML.writeValueAsString(map));

    List<ObjectNode> after = Kustomization.render(copy.resolve(folder));
    assertThat(differences(before, after)).isEqualTo(places);
    assertThat(after.toString()).contains(value);
  }

  @Test
  void theRunbooksAddressReachesEveryAlert(@TempDir Path copy) throws Exception {
    copyAll(Manifests.DEPLOY, copy);
    Path settings = copy.resolve(SETTINGS);
    Files.writeString(
        settings,
        Files.readString(settings)
            .replace("pages: https://git.example.com/oomstream", "pages: https://wiki/x"));
    List<String> addresses =
        Kustomization.render(copy.resolve("monitoring")).stream()
            .flatMap(o -> o.findValuesAsText("runbook_url").stream())
            .toList();
    assertThat(addresses)
        .hasSizeGreaterThan(25)
        .allSatisfy(
            a -> assertThat(a).matches("https://wiki/x/docs/operate/(runbook|findings)\\.md#\\w+"));
  }

  @Test
  void aReplacementWithoutItsFieldIsFound() throws Exception {
    List<ObjectNode> objects = Kustomization.render(Manifests.DEPLOY.resolve("base"));
    JsonNode replacement =
        Manifests.YAML.readTree(
            "{source: {kind: ConfigMap, name: oomstream-options, fieldPath: \"data.[oomstream.properties]\"},"
                + " targets: [{select: {kind: FlinkDeployment}, fieldPaths: [spec.imag]}]}");
    assertThatThrownBy(() -> Replacements.apply(objects, replacement))
        .hasMessageContaining("no field for the replacement: imag");
    ((ObjectNode) replacement.path("source")).put("name", "other");
    assertThatThrownBy(() -> Replacements.apply(objects, replacement))
        .hasMessageContaining("no source of the replacement");
  }

  private static int differences(List<ObjectNode> before, List<ObjectNode> after) {
    assertThat(after).hasSameSizeAs(before);
    int found = 0;
    for (int i = 0; i < before.size(); i++) {
      found += differences(before.get(i), after.get(i));
    }
    return found;
  }

  private static int differences(JsonNode a, JsonNode b) {
    if (!a.isContainerNode()) {
      return a.equals(b) ? 0 : 1;
    }
    assertThat(b).hasSameSizeAs(a);
    int found = 0;
    var left = a.elements();
    var right = b.elements();
    while (left.hasNext()) {
      found += differences(left.next(), right.next());
    }
    return found;
  }

  private static void copyAll(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }
}

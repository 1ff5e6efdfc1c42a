package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page says what each pod takes of its node, and what OpenShift and SELinux need more. */
class NodesPageTest {

  private static final Path SHIPPERS = Manifests.DEPLOY.resolve("shippers");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([\\w-]+)` \\| (\\d+) \\| (.*) \\| (.*) \\|$");

  @Test
  void theTableIsWhatTheManifestsAskFor() throws Exception {
    TreeMap<String, String> page = new TreeMap<>();
    ROW.matcher(Files.readString(DocPage.ROOT.resolve("docs/ingest/nodes.md")))
        .results()
        .forEach(r -> page.put(r.group(1), r.group(2) + "|" + r.group(3) + "|" + r.group(4)));
    TreeMap<String, String> asked = new TreeMap<>();
    try (Stream<Path> folders = Files.list(SHIPPERS)) {
      for (Path folder :
          folders.filter(f -> Files.exists(f.resolve("daemonset.yaml"))).sorted().toList()) {
        asked.put(folder.getFileName().toString(), asked(pod(Kustomization.render(folder))));
      }
    }
    assertThat(page).isEqualTo(asked).hasSizeGreaterThan(6);
  }

  private static JsonNode pod(List<ObjectNode> objects) {
    return objects.stream()
        .filter(o -> o.path("kind").asText().equals("DaemonSet"))
        .findFirst()
        .orElseThrow()
        .at("/spec/template/spec");
  }

  private static String asked(JsonNode pod) {
    JsonNode container = pod.at("/containers/0");
    JsonNode own = container.at("/securityContext/runAsUser");
    List<String> reads = new ArrayList<>();
    List<String> writes = new ArrayList<>();
    for (JsonNode volume : pod.path("volumes")) {
      for (JsonNode mount : container.path("volumeMounts")) {
        if (volume.has("hostPath") && mount.path("name").equals(volume.path("name"))) {
          (mount.path("readOnly").asBoolean() ? reads : writes)
              .add("`" + volume.at("/hostPath/path").asText() + "`");
        }
      }
    }
    JsonNode user = own.isMissingNode() ? pod.at("/securityContext/runAsUser") : own;
    return user.asText() + "|" + list(reads) + "|" + list(writes);
  }

  private static String list(List<String> names) {
    return names.isEmpty() ? "–" : String.join(", ", names);
  }

  /** The component fits every pod that mounts folders of the node, not only that of Fluent Bit. */
  @ParameterizedTest
  @CsvSource({
    "fluent-bit",
    "vector",
    "filebeat",
    "otel-collector",
    "alloy",
    "snapshot-collector",
    "workload-collector",
  })
  void theComponentForOpenShiftFitsEveryShipper(String shipper) throws Exception {
    List<ObjectNode> objects = new ArrayList<>(Kustomization.render(SHIPPERS.resolve(shipper)));
    Path component = Manifests.DEPLOY.resolve("components/openshift-shipper");
    objects.addAll(
        Manifests.read(component.resolve("account.yaml")).stream()
            .map(ObjectNode.class::cast)
            .toList());
    JsonNode target = Manifests.YAML.readTree("{kind: DaemonSet}");
    for (String patch : List.of("uses-account.yaml", "../selinux/type.yaml")) {
      Kustomization.patch(objects, Manifests.read(component.resolve(patch)).get(0), target);
    }
    assertThat(pod(objects).at("/securityContext/seLinuxOptions/type").asText()).isEqualTo("spc_t");
    assertThat(DeployRules.violations(objects)).isEmpty();
  }

  @Test
  void eachBindingIsForAnAccountThatPodsUse() throws Exception {
    for (String folder : List.of("overlays/openshift", "shippers/fluent-bit-openshift")) {
      List<ObjectNode> objects = Kustomization.render(Manifests.DEPLOY.resolve(folder));
      TreeSet<String> used = new TreeSet<>();
      objects.forEach(
          o -> {
            used.addAll(o.findValuesAsText("serviceAccountName"));
            used.add(o.at("/spec/serviceAccount").asText());
          });
      List<ObjectNode> bindings =
          objects.stream()
              .filter(o -> o.at("/roleRef/name").asText().startsWith("system:openshift:scc:"))
              .toList();
      assertThat(bindings)
          .hasSize(1)
          .allSatisfy(b -> assertThat(used).contains(b.at("/subjects/0/name").asText()));
    }
  }
}

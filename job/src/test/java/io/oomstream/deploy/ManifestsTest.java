package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.Test;

/** That the manifests and the Dockerfile fit one another. */
class ManifestsTest {

  @Test
  void everyFileHoldsNamedObjects() throws IOException {
    assertThat(Manifests.objects())
        .isNotEmpty()
        .allSatisfy(
            object -> {
              assertThat(object.path("apiVersion").asText()).isNotEmpty();
              assertThat(object.path("kind").asText()).isNotEmpty();
              assertThat(object.at("/metadata/name").asText()).isNotEmpty();
              // The namespace is the user's choice.
              assertThat(object.at("/metadata/namespace").isMissingNode()).isTrue();
            });
  }

  @Test
  void theKustomizationNamesEveryFileAndNoOther() throws IOException {
    JsonNode kustomization = Manifests.read(Manifests.BASE.resolve("kustomization.yaml")).get(0);
    List<String> files = new ArrayList<>();
    for (Path file : Manifests.files()) {
      files.add(file.getFileName().toString());
    }
    files.remove("kustomization.yaml");

    assertThat(texts(kustomization.path("resources"))).containsExactlyInAnyOrderElementsOf(files);
  }

  @Test
  void everyReferenceLeadsToAnObject() throws IOException {
    Set<String> objects = new HashSet<>();
    for (JsonNode o : Manifests.objects()) {
      objects.add(o.path("kind").asText() + "/" + o.at("/metadata/name").asText());
    }
    JsonNode spec = Manifests.flinkDeployment().path("spec");
    List<String> references = new ArrayList<>();
    references.add("ServiceAccount/" + spec.path("serviceAccount").asText());
    for (JsonNode volume : spec.at("/podTemplate/spec/volumes")) {
      if (volume.has("emptyDir")) {
        continue;
      }
      references.add(
          volume.has("configMap")
              ? "ConfigMap/" + volume.at("/configMap/name").asText()
              : "PersistentVolumeClaim/" + volume.at("/persistentVolumeClaim/claimName").asText());
    }
    JsonNode binding = Manifests.only("RoleBinding");
    references.add(
        binding.at("/roleRef/kind").asText() + "/" + binding.at("/roleRef/name").asText());
    binding
        .path("subjects")
        .forEach(s -> references.add(s.path("kind").asText() + "/" + s.path("name").asText()));

    assertThat(references).hasSize(5).isSubsetOf(objects);
  }

  @Test
  void everyMountHasItsVolumeAndEveryVolumeItsMount() throws IOException {
    JsonNode pod = Manifests.flinkDeployment().at("/spec/podTemplate/spec");

    assertThat(names(pod.at("/containers/0/volumeMounts")))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(names(pod.path("volumes")));
  }

  @Test
  void theOptionsFileIsWhereTheJobLooksForIt() throws IOException {
    JsonNode spec = Manifests.flinkDeployment().path("spec");
    JsonNode data = Manifests.only("ConfigMap").path("data");
    String mount = "";
    for (JsonNode m : spec.at("/podTemplate/spec/containers/0/volumeMounts")) {
      mount = m.path("name").asText().equals("options") ? m.path("mountPath").asText() : mount;
    }

    assertThat(texts(spec.at("/job/args")))
        .containsExactly("run", "--config", mount + "/" + data.fieldNames().next());
  }

  @Test
  void optionsAreKeyAndValueLines() throws IOException {
    String text = Manifests.only("ConfigMap").at("/data/oomstream.properties").textValue();
    Properties options = new Properties();
    options.load(new StringReader(text));

    assertThat(options.stringPropertyNames())
        .contains("kafka.bootstrap.servers", "input.topics", "output.kills.topic")
        .allSatisfy(key -> assertThat(options.getProperty(key)).isNotBlank());
    assertThat(text.lines().filter(l -> !l.startsWith("#"))).hasSize(options.size());
  }

  @Test
  void podsHoldNoPrivileges() throws IOException {
    JsonNode pod = Manifests.flinkDeployment().at("/spec/podTemplate/spec");
    JsonNode container = pod.at("/containers/0");

    assertThat(container.path("name").asText()).isEqualTo("flink-main-container");
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(texts(container.at("/securityContext/capabilities/drop"))).containsExactly("ALL");
  }

  @Test
  void theRoleHasNoWildcardsAndNoSecrets() throws IOException {
    assertThat(Manifests.only("Role").path("rules"))
        .isNotEmpty()
        .allSatisfy(
            rule -> {
              assertThat(texts(rule.path("verbs"))).isNotEmpty().doesNotContain("*");
              assertThat(texts(rule.path("resources")))
                  .isSubsetOf("pods", "configmaps", "deployments", "deployments/finalizers");
            });
  }

  @Test
  void theImageIsOfTheFlinkThatWeTestAndHoldsTheJarWhereTheJobStarts() throws IOException {
    JsonNode spec = Manifests.flinkDeployment().path("spec");
    List<String> dockerfile = Files.readAllLines(Manifests.DEPLOY.resolve("Dockerfile"));
    String flink = EnvironmentInformation.getVersion();
    String[] parts = flink.split("\\.", -1);
    String user = spec.at("/podTemplate/spec/securityContext/runAsUser").asText();

    assertThat(only(dockerfile, "FROM")).startsWith("FROM flink:" + flink + "-");
    assertThat(spec.path("flinkVersion").asText())
        .isEqualTo(String.format(Locale.ROOT, "v%s_%s", parts[0], parts[1]));
    assertThat(only(dockerfile, "COPY"))
        .endsWith(" " + spec.at("/job/jarURI").asText().substring("local://".length()));
    assertThat(only(dockerfile, "USER")).isEqualTo("USER " + user + ":" + user);
  }

  private static String only(List<String> dockerfile, String instruction) {
    List<String> found = dockerfile.stream().filter(l -> l.startsWith(instruction + " ")).toList();
    assertThat(found).as(instruction).hasSize(1);
    return found.get(0);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(t -> texts.add(t.asText()));
    return texts;
  }

  private static List<String> names(JsonNode array) {
    List<String> names = new ArrayList<>();
    array.forEach(t -> names.add(t.path("name").asText()));
    return names;
  }
}

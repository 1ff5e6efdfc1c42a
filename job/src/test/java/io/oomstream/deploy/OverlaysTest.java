package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every folder that can be applied, rendered; and what happens when somebody breaks it. */
class OverlaysTest {

  private static List<ObjectNode> render(String folder) throws Exception {
    return Kustomization.render(Manifests.DEPLOY.resolve(folder));
  }

  /** Every folder that renders. */
  static Stream<String> folders() {
    return Stream.of(
        "base",
        "overlays/minimal",
        "overlays/production",
        "overlays/kafka",
        "overlays/tls-sasl",
        "overlays/session",
        "overlays/openshift",
        "monitoring",
        "bridge",
        "shippers/alloy",
        "shippers/filebeat",
        "shippers/fluent-bit",
        "shippers/fluent-bit-tls-sasl",
        "shippers/fluent-bit-openshift",
        "shippers/otel-collector",
        "shippers/snapshot-collector",
        "shippers/priority-class",
        "shippers/workload-collector",
        "shippers/vector");
  }

  @ParameterizedTest
  @MethodSource("folders")
  void isValidHardenedAndWhole(String folder) throws Exception {
    List<ObjectNode> objects = render(folder);
    assertThat(objects).isNotEmpty();
    assertThat(DeployRules.violations(objects)).isEmpty();
  }

  /** Two components add a variable each; neither takes the other's away. */
  @ParameterizedTest
  @CsvSource({"base,1", "overlays/production,2", "overlays/tls-sasl,2"})
  void theLogAsJsonFitsEveryOverlay(String folder, int variables) throws Exception {
    List<ObjectNode> objects = new ArrayList<>(render(folder));
    Path form = Manifests.DEPLOY.resolve("components/json-log/form.yaml");
    JsonNode target = Manifests.YAML.readTree("{kind: FlinkDeployment, name: oomstream}");
    Kustomization.patch(objects, Manifests.read(form).get(0), target);
    assertThat(DeployRules.violations(objects)).isEmpty();
    assertThat(
            objects.stream()
                .filter(o -> o.path("kind").asText().equals("FlinkDeployment"))
                .map(o -> o.at("/spec/podTemplate/spec/containers/0/env"))
                .toList())
        .singleElement()
        .satisfies(env -> assertThat(env).hasSize(variables));
  }

  @Test
  void theSavepointByHandIsValid() throws Exception {
    JsonNode savepoint =
        Manifests.read(Manifests.DEPLOY.resolve("operations/savepoint.yaml")).get(0);
    assertThat(ObjectSchema.violations(savepoint)).isEmpty();
    ((ObjectNode) savepoint.path("spec").path("savepoint")).put("disposeOnDeletion", true);
    assertThat(ObjectSchema.violations(savepoint)).isNotEmpty();
  }

  @Test
  void everyFileBelongsToAKustomization() throws Exception {
    try (Stream<Path> files = Files.walk(Manifests.DEPLOY)) {
      for (Path k : files.filter(f -> f.endsWith("kustomization.yaml")).toList()) {
        TreeSet<String> named = new TreeSet<>(Manifests.read(k).get(0).findValuesAsText("path"));
        Manifests.read(k).get(0).path("resources").forEach(r -> named.add(r.asText()));
        Manifests.read(k)
            .get(0)
            .findValues("files")
            .forEach(f -> f.forEach(n -> named.add(n.asText())));
        try (Stream<Path> beside = Files.list(k.getParent())) {
          assertThat(beside.map(f -> f.getFileName().toString()))
              .filteredOn(f -> f.endsWith(".yaml") && !f.endsWith("-tests.yaml"))
              .filteredOn(f -> !f.equals("kustomization.yaml"))
              .as(k.toString())
              .isSubsetOf(named);
        }
      }
    }
  }

  /** Kind, pointer to an object, field, JSON value, what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FlinkDeployment|/spec|serviceAcount|\"x\"|serviceAcount",
        "FlinkDeployment|/spec|flinkVersion|\"v2_9\"|flinkVersion",
        "FlinkDeployment|/spec|serviceAccount|\"other\"|refers to nothing",
        "FlinkDeployment|/spec/job|upgradeMode|\"stateful\"|upgradeMode",
        "FlinkDeployment|/spec/job|parallelism|\"two\"|parallelism",
        "FlinkDeployment|/spec/flinkConfiguration|state.backend.tipe|\"rocksdb\"|unknown to Flink",
        "FlinkDeployment|/spec/flinkConfiguration|job.autoscaler.enable|\"true\"|unknown to Flink",
        "FlinkDeployment|/spec/flinkConfiguration|execution.checkpointing.interval|\"soon\"|interval",
        "FlinkDeployment|/spec/flinkConfiguration|high-availability.type|\"none\"|high"
            + " availability",
        "FlinkDeployment|/spec/podTemplate/spec/securityContext|runAsNonRoot|false|root",
        "FlinkDeployment|/spec/podTemplate/spec/securityContext|runAsUser|0|root",
        "FlinkDeployment|/spec/podTemplate/spec/securityContext|seccompProfile|{}|seccomp",
        "FlinkDeployment|/spec/podTemplate/spec|hostNetwork|true|namespaces",
        "FlinkDeployment|/spec/podTemplate/spec|volumes|[]|are not the volumes",
        "FlinkDeployment|/spec/podTemplate/spec/containers/0|evn|[]|evn",
        "FlinkDeployment|/spec/podTemplate/spec/containers/0/securityContext|readOnlyRootFilesystem|false|root",
        "FlinkDeployment|/spec/podTemplate/spec/containers/0/securityContext|allowPrivilegeEscalation|true|privileges",
        "FlinkDeployment|/spec/podTemplate/spec/containers/0/securityContext|capabilities|{}|capabilities",
        "FlinkDeployment|/spec/podTemplate/spec/volumes/4/secret|secretName|\"mine\"|nobody makes",
        "ConfigMap|/data|oomstream.properties|\"output.kill.topic=x\"|option",
        "ConfigMap|/data|oomstream.properties|\"kafka.bootstrap.servers=k:1\\n"
            + "kafka.properties.sasl.jaas.config=x password=p;\"|plain text",
        "Role|/rules/0|verbs|[\"*\"]|too wide",
        "Role|/rules/0|resources|[\"secrets\"]|too wide",
        "Role|/rules/0|verb|[\"get\"]|unknown field verb",
        "NetworkPolicy|/spec|podSelectors|{}|unknown field podSelectors",
        "PodDisruptionBudget|/spec|minAvailables|1|unknown field minAvailables",
        "PodDisruptionBudget|/spec|minAvailable|\"50%\"|no scale counts",
        "NetworkPolicy|/spec/ingress/1/from/0|namespaceSelector|{}|any namespace",
        "FlinkDeployment|/spec/flinkConfiguration|web.submit.enable|\"true\"|may run a jar",
        "FlinkDeployment|/spec/flinkConfiguration|kubernetes.operator.pod-template.merge-arrays-by-name|\"false\"|by"
            + " position",
        "KafkaTopic|/spec|partition|3|partition",
        "KafkaUser|/metadata|name|\"reader\"|nobody logs in as reader",
        "KafkaUser|/spec/authorization/acls/0|operations|[\"All\"]|not the right",
        "KafkaUser|/spec/authorization/acls/0/resource|name|\"*\"|not the right",
        "KafkaUser|/spec/authorization/acls/0/resource|patternType|\"prefix\"|not the right",
        "KafkaUser|/spec/authorization|acls|[]|lacks the right",
        "KafkaUser|/spec|autorization|{}|autorization",
      })
  void aBreakageIsFound(String kind, String at, String field, String json, String said)
      throws Exception {
    List<ObjectNode> objects = new ArrayList<>(render("overlays/tls-sasl"));
    objects.addAll(render("overlays/kafka"));
    ObjectNode object =
        objects.stream()
            .filter(o -> o.path("kind").asText().equals(kind))
            .findFirst()
            .orElseThrow();
    ((ObjectNode) object.at(at)).set(field, Manifests.YAML.readTree(json));
    assertThat(DeployRules.violations(objects)).anySatisfy(v -> assertThat(v).contains(said));
  }

  /** As above, of the shippers' user. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/spec/authorization/acls/0|operations|[\"Describe\", \"Read\", \"Write\"]|not the right"
            + " that oomstream-shipper",
        "/spec/authorization/acls/0/resource|name|\"kernel.oom.kills\"|not the right that"
            + " oomstream-shipper",
        "/spec/authorization/acls/1/resource|type|\"group\"|not the right that oomstream-shipper",
        "/spec/authorization|acls|[]|oomstream-shipper lacks the right on"
            + " topic/literal/kernel.logs",
        "/spec/authorization|type|\"custom\"|no ACLs",
        "/metadata|name|\"oomstream-shippers\"|nobody logs in as oomstream-shippers",
      })
  void aWiderShippersUserIsFound(String at, String field, String json, String said)
      throws Exception {
    List<ObjectNode> objects = render("overlays/kafka");
    ObjectNode user =
        objects.stream()
            .filter(o -> o.path("kind").asText().equals("KafkaUser"))
            .filter(o -> o.at("/metadata/name").asText().equals("oomstream-shipper"))
            .findFirst()
            .orElseThrow();
    ((ObjectNode) user.at(at)).set(field, Manifests.YAML.readTree(json));
    assertThat(DeployRules.violations(objects)).anySatisfy(v -> assertThat(v).contains(said));
  }

  @Test
  void aShippersSecretThatNobodyMakesIsFound() throws Exception {
    List<ObjectNode> objects = render("shippers/fluent-bit-tls-sasl");
    ObjectNode env = (ObjectNode) objects.get(0).at("/spec/template/spec/containers/0/env/0");
    ((ObjectNode) env.at("/valueFrom/secretKeyRef")).put("name", "oomstream");
    assertThat(DeployRules.violations(objects)).contains("nobody makes the secret oomstream");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/spec/template/spec|hostPID|true|namespaces",
        "/spec/template/spec|automountServiceAccountToken|true|API server",
        "/spec/template/spec/containers/0/securityContext|privileged|true|privileges",
        "/spec/template/spec/containers/0/volumeMounts/1|readOnly|false|may write the node's",
        "/spec/template/spec/volumes/0/configMap|name|\"other\"|refers to nothing",
        "/spec/selector/matchLabels|app|\"other\"|selects other pods",
        "/spec/template/spec|serviceAccountName|\"other\"|refers to nothing: ServiceAccount/other",
        "/spec|updateStrategie|{}|unknown field updateStrategie",
      })
  void aBrokenShipperIsFound(String at, String field, String json, String said) throws Exception {
    List<ObjectNode> objects = render("shippers/fluent-bit");
    ((ObjectNode) objects.get(0).at(at)).set(field, Manifests.YAML.readTree(json));
    assertThat(DeployRules.violations(objects)).anySatisfy(v -> assertThat(v).contains(said));
  }

  @Test
  void aPatchThatFitsNothingIsFound() throws Exception {
    List<ObjectNode> objects = new ArrayList<>(render("base"));
    ObjectNode target = Manifests.YAML.createObjectNode();
    target.put("kind", "FlinkDeployment").put("name", "oom-stream");
    ArrayNode remove = Manifests.YAML.createArrayNode();
    ObjectNode operation = remove.addObject().put("op", "remove").put("path", "/spec/nothing");
    assertThatThrownBy(() -> Kustomization.patch(objects, remove, target))
        .hasMessageContaining("no target of the patch: FlinkDeployment/oom-stream");
    target.put("name", "oomstream");
    assertThatThrownBy(() -> Kustomization.patch(objects, remove, target))
        .hasMessageContaining("no such path: /spec/nothing");
    operation.put("op", "test").put("path", "/spec/image").put("value", "other");
    assertThatThrownBy(() -> Kustomization.patch(objects, remove, target))
        .hasMessageContaining("is not");
  }

  /** A line of a kustomization, what stands there instead, what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "  - pvc.yaml|  - pvc.yml|no resource",
        "  - pvc.yaml|  - pvc.yaml\\n  - configmap.yaml|twice: ConfigMap/oomstream-options",
        "  - pvc.yaml|''|refers to nothing: PersistentVolumeClaim/oomstream-state",
        "  - configmap.yaml|''|refers to nothing: ConfigMap/oomstream-options",
        "  - serviceaccount.yaml|''|refers to nothing: ServiceAccount/oomstream",
        "resources:|ressources:|not rendered here: ressources",
        "labels:|patches:\\n  - path: none.yaml\\nlabels:|no patch",
        "labels:|patches:\\n"
            + "  - path: patch.yaml\\n"
            + "labels:|no target of the patch: FlinkDeployment/other",
        "labels:|namespace: oom\\nlabels:|not rendered here: namespace",
      })
  void aBrokenKustomizationIsFound(String line, String instead, String said, @TempDir Path folder)
      throws Exception {
    try (Stream<Path> files = Files.list(Manifests.BASE)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName().toString()));
      }
    }
    Files.writeString(
        folder.resolve("patch.yaml"), "kind: FlinkDeployment\nmetadata: {name: other}\n");
    Path kustomization = folder.resolve("kustomization.yaml");
    String text = Files.readString(kustomization);
    assertThat(text).contains(line);
    Files.writeString(kustomization, text.replace(line, instead.replace("\\n", "\n")));
    List<String> found = new ArrayList<>();
    try {
      found.addAll(DeployRules.violations(Kustomization.render(folder)));
    } catch (AssertionError e) {
      found.add(e.getMessage());
    }
    assertThat(found).anySatisfy(v -> assertThat(v).contains(said));
  }

  /** Where the machine has kubectl, its kustomize must say the same. */
  @ParameterizedTest
  @MethodSource("folders")
  void kubectlRendersTheSame(String folder) throws Exception {
    Path out = Files.createTempFile("rendered", ".yaml");
    try {
      if (!Tools.run(out, "kubectl", "kustomize", Manifests.DEPLOY.resolve(folder).toString())) {
        return;
      }
      assertThat(render(folder))
          .usingElementComparator((a, b) -> a.equals(b) ? 0 : 1)
          .containsExactlyInAnyOrderElementsOf(
              Manifests.read(out).stream().map(ObjectNode.class::cast).toList());
    } finally {
      Files.delete(out);
    }
  }
}

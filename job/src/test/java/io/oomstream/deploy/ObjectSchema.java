package io.oomstream.deploy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is wrong with an object, by its CRD or by the classes of its API; unknown fields are. */
final class ObjectSchema {

  private static final Map<String, Class<?>> CLASSES =
      Map.ofEntries(
          Map.entry("v1/ConfigMap", ConfigMap.class),
          Map.entry("v1/PersistentVolumeClaim", PersistentVolumeClaim.class),
          Map.entry("v1/ServiceAccount", ServiceAccount.class),
          Map.entry("apps/v1/DaemonSet", DaemonSet.class),
          Map.entry("apps/v1/Deployment", Deployment.class),
          Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
          Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
          Map.entry("rbac.authorization.k8s.io/v1/Role", Role.class),
          Map.entry("rbac.authorization.k8s.io/v1/RoleBinding", RoleBinding.class),
          Map.entry("rbac.authorization.k8s.io/v1/ClusterRole", ClusterRole.class),
          Map.entry("rbac.authorization.k8s.io/v1/ClusterRoleBinding", ClusterRoleBinding.class),
          Map.entry("scheduling.k8s.io/v1/PriorityClass", PriorityClass.class),
          Map.entry("monitoring.coreos.com/v1/PodMonitor", PodMonitor.class),
          Map.entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
          Map.entry("kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class),
          Map.entry("kafka.strimzi.io/v1/KafkaUser", KafkaUser.class));

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .build();

  private static final Map<String, JsonSchema> CRDS =
      Map.of(
          "flink.apache.org/v1beta1/FlinkDeployment", crd("flinkdeployments"),
          "flink.apache.org/v1beta1/FlinkSessionJob", crd("flinksessionjobs"),
          "flink.apache.org/v1beta1/FlinkStateSnapshot", crd("flinkstatesnapshots"));

  private ObjectSchema() {}

  static List<String> violations(JsonNode object) {
    String type = object.path("apiVersion").asText() + "/" + object.path("kind").asText();
    JsonSchema crd = CRDS.get(type);
    if (crd != null) {
      return crd.validate(object).stream().map(m -> type + m.getMessage()).toList();
    }
    Class<?> model = CLASSES.get(type);
    if (model == null) {
      return List.of("no API has " + type);
    }
    try {
      // The classes keep what they don't know aside, so what they know is what comes back of it.
      List<String> found = new ArrayList<>();
      StrictFields.collectUnknown(MAPPER.treeToValue(object, model), type, found);
      return found;
    } catch (IOException e) {
      return List.of(type + ": " + e.getMessage());
    }
  }

  private static JsonSchema crd(String plural) {
    try (InputStream in =
        ObjectSchema.class.getResourceAsStream(
            "/META-INF/fabric8/" + plural + ".flink.apache.org-v1.yml")) {
      ObjectNode schema =
          Manifests.YAML.readTree(in).at("/spec/versions/0/schema/openAPIV3Schema").deepCopy();
      FlinkDeploymentCrdTest.refuseUnknownFields(schema);
      if (schema.at("/properties/spec/properties/flinkVersion/enum") instanceof ArrayNode enums) {
        // As in FlinkDeploymentCrdTest: what the CRD of operator 1.15.0 has more.
        enums.add("v2_0").add("v2_1").add("v2_2");
      }
      ObjectNode top = (ObjectNode) schema.get("properties");
      top.putObject("metadata").put("type", "object");
      top.putObject("apiVersion");
      top.putObject("kind");
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(schema);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

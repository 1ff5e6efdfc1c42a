package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The FlinkDeployment against the operator's CRD, unknown fields refused. */
class FlinkDeploymentCrdTest {

  private static JsonSchema crd;

  @BeforeAll
  static void readCrd() throws IOException {
    try (InputStream in =
        FlinkDeploymentCrdTest.class.getResourceAsStream(
            "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml")) {
      JsonNode definition = Manifests.YAML.readTree(in);
      ObjectNode schema = definition.at("/spec/versions/0/schema/openAPIV3Schema").deepCopy();
      assertThat(schema.at("/properties/spec/properties/flinkVersion/enum").isArray()).isTrue();
      refuseUnknownFields(schema);
      // The API of 1.10.0 is the newest on Maven Central; the CRD that operator 1.15.0 installs
      // has these values too, and no newer one.
      ((ArrayNode) schema.at("/properties/spec/properties/flinkVersion/enum"))
          .add("v2_0")
          .add("v2_1")
          .add("v2_2");
      ObjectNode top = (ObjectNode) schema.get("properties");
      top.putObject("metadata").put("type", "object");
      top.putObject("apiVersion").putArray("enum").add("flink.apache.org/v1beta1");
      top.putObject("kind").putArray("enum").add("FlinkDeployment");
      // OpenAPI 3.0's dialect is draft 4's.
      crd = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(schema);
    }
  }

  /** A cluster drops fields that it does not know in silence; here they are errors. */
  static void refuseUnknownFields(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")
        && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
      object.put("additionalProperties", false);
    }
    schema.forEach(FlinkDeploymentCrdTest::refuseUnknownFields);
  }

  @Test
  void theManifestIsValid() throws IOException {
    assertThat(violations(manifest -> {})).isEmpty();
  }

  @Test
  void anUnknownUpgradeModeIsRefused() throws IOException {
    assertThat(violations(m -> at(m, "/spec/job").put("upgradeMode", "state-full")))
        .singleElement()
        .asString()
        .contains("upgradeMode");
  }

  @Test
  void aMisspeltFieldIsRefused() throws IOException {
    assertThat(violations(m -> at(m, "/spec").put("serviceAcount", "oomstream")))
        .singleElement()
        .asString()
        .contains("serviceAcount");
  }

  @Test
  void textForANumberIsRefused() throws IOException {
    assertThat(violations(m -> at(m, "/spec/job").put("parallelism", "two"))).hasSize(1);
  }

  @Test
  void aMisspeltFieldDeepInThePodTemplateIsRefused() throws IOException {
    String container = "/spec/podTemplate/spec/containers/0";
    assertThat(violations(m -> at(m, container).putArray("evn"))).hasSize(1);
    assertThat(violations(m -> at(m, container + "/securityContext").put("privilegeEscalation", 1)))
        .hasSize(1);
  }

  @Test
  void aFlinkVersionThatNoReleasedCrdKnowsIsRefused() throws IOException {
    assertThat(violations(m -> at(m, "/spec").put("flinkVersion", "v2_3"))).hasSize(1);
  }

  @Test
  void configurationValuesMustBeText() throws IOException {
    assertThat(violations(m -> at(m, "/spec/flinkConfiguration").put("rest.port", 8081)))
        .hasSize(1);
  }

  private static List<String> violations(Consumer<ObjectNode> change) throws IOException {
    ObjectNode manifest = Manifests.flinkDeployment();
    change.accept(manifest);
    return crd.validate(manifest).stream().map(ValidationMessage::getMessage).toList();
  }

  private static ObjectNode at(JsonNode node, String pointer) {
    return (ObjectNode) node.at(pointer);
  }
}

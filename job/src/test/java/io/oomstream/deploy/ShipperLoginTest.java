package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.nio.file.Files;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The shipper of the documented install logs in where the job does, as the user made for it. */
class ShipperLoginTest {

  private static List<ObjectNode> render(String folder) throws Exception {
    return Kustomization.render(Manifests.DEPLOY.resolve(folder));
  }

  private static JsonNode only(List<ObjectNode> objects, String kind, String name) {
    return objects.stream()
        .filter(o -> o.path("kind").asText().equals(kind))
        .filter(o -> o.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode env(String name) throws Exception {
    JsonNode container =
        only(render("shippers/fluent-bit-tls-sasl"), "DaemonSet", "oomstream-fluent-bit")
            .at("/spec/template/spec/containers/0");
    for (JsonNode variable : container.path("env")) {
      if (variable.path("name").asText().equals(name)) {
        return variable;
      }
    }
    throw new AssertionError("no variable " + name);
  }

  private static ObjectNode config() throws Exception {
    JsonNode map =
        only(render("shippers/fluent-bit-tls-sasl"), "ConfigMap", "oomstream-fluent-bit");
    return (ObjectNode) Manifests.YAML.readTree(map.at("/data/fluent-bit.yaml").asText());
  }

  @Test
  void brokersProtocolAndMechanismAreTheJobs() throws Exception {
    JsonNode map = only(render("overlays/tls-sasl"), "ConfigMap", "oomstream-options");
    Properties job = new Properties();
    job.load(new StringReader(map.at("/data/oomstream.properties").asText()));
    JsonNode output = config().at("/pipeline/outputs/0");

    assertThat(output.path("brokers").asText()).isEqualTo("${KAFKA_BROKERS}");
    assertThat(env("KAFKA_BROKERS").path("value").asText())
        .isEqualTo(
            only(render("overlays/tls-sasl"), "FlinkDeployment", "oomstream")
                .at("/spec/job/args/4")
                .asText());
    assertThat(output.path("rdkafka.security.protocol").asText())
        .isEqualTo(job.getProperty("kafka.properties.security.protocol"));
    assertThat(output.path("rdkafka.sasl.mechanism").asText())
        .isEqualTo(job.getProperty("kafka.properties.sasl.mechanism"));
  }

  @Test
  void theUserIsStrimzisAndItsPasswordAndTheCertificateAreWhereTheFileSays() throws Exception {
    JsonNode output = config().at("/pipeline/outputs/0");
    assertThat(output.path("rdkafka.sasl.username").asText()).isEqualTo("${KAFKA_USER}");
    String user = env("KAFKA_USER").path("value").asText();
    JsonNode pod =
        only(render("shippers/fluent-bit-tls-sasl"), "DaemonSet", "oomstream-fluent-bit")
            .at("/spec/template/spec");
    JsonNode env = env("KAFKA_PASSWORD");
    JsonNode mount = pod.at("/containers/0/volumeMounts/4");
    JsonNode volume = pod.at("/volumes/4");

    assertThat(
            only(render("overlays/kafka"), "KafkaUser", user)
                .at("/spec/authentication/type")
                .asText())
        .isEqualTo("scram-sha-512");
    assertThat(output.path("rdkafka.sasl.password").asText())
        .isEqualTo("${" + env.path("name").asText() + "}");
    assertThat(env.at("/valueFrom/secretKeyRef/name").asText()).isEqualTo(user);
    assertThat(env.at("/valueFrom/secretKeyRef/key").asText()).isEqualTo("password");
    assertThat(mount.path("name")).isEqualTo(volume.path("name"));
    assertThat(output.path("rdkafka.ssl.ca.location").asText())
        .isEqualTo(
            mount.path("mountPath").asText() + "/" + volume.at("/secret/items/0/path").asText());
  }

  @Test
  void allElseIsTheFileWithoutALogin() throws Exception {
    ObjectNode config = config();
    ObjectNode output = (ObjectNode) config.at("/pipeline/outputs/0");
    output.remove(
        List.of(
            "rdkafka.security.protocol",
            "rdkafka.sasl.mechanism",
            "rdkafka.sasl.username",
            "rdkafka.sasl.password",
            "rdkafka.ssl.ca.location"));
    output.put("brokers", "kafka:9092");
    assertThat(config)
        .isEqualTo(
            Manifests.YAML.readTree(
                Files.readString(Manifests.DEPLOY.resolve("shippers/fluent-bit/fluent-bit.yaml"))));
  }
}

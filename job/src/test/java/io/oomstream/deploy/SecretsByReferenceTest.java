package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.config.JobConfig;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The login that the overlay takes from a mounted Secret reaches Kafka's clients. */
class SecretsByReferenceTest {

  @Test
  void theLoginIsReadFromTheMountedFile(@TempDir Path secret) throws Exception {
    String login =
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"u\";";
    Files.writeString(secret.resolve("sasl.jaas.config"), login);

    ObjectNode map =
        Kustomization.render(Manifests.DEPLOY.resolve("overlays/tls-sasl")).stream()
            .filter(o -> o.at("/metadata/name").asText().equals("oomstream-options"))
            .findFirst()
            .orElseThrow();
    Properties properties = new Properties();
    properties.load(
        new StringReader(
            map.at("/data/oomstream.properties")
                .asText()
                .replace("/opt/oomstream-user", secret.toString())));
    Map<String, String> options = new HashMap<>();
    properties.forEach((key, value) -> options.put(key.toString(), value.toString()));

    Map<String, Object> client = new HashMap<>(JobConfig.of(options).kafkaProperties());
    client.put("bootstrap.servers", "localhost:1");
    assertThat(new AdminClientConfig(client).getPassword(SaslConfigs.SASL_JAAS_CONFIG).value())
        .isEqualTo(login);
  }
}

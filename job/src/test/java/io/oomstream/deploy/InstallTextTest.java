package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page's way from nothing to a running job: what its lines name is there. */
class InstallTextTest {

  private static List<String> commands() throws IOException {
    String page = Files.readString(DocPage.ROOT.resolve("docs/operate/kubernetes.md"));
    int begin = page.indexOf("```sh\n", page.indexOf("## Install")) + 6;
    return page.substring(begin, page.indexOf("```", begin)).lines().toList();
  }

  @Test
  void atMostTenLinesWhoseFoldersRender() throws Exception {
    assertThat(commands()).hasSizeBetween(5, 10);
    Matcher folder =
        Pattern.compile("deploy/k8s/([\\w/-]+)").matcher(String.join("\n", commands()));
    int folders = 0;
    while (folder.find()) {
      folders++;
      List<ObjectNode> objects = Kustomization.render(Manifests.DEPLOY.resolve(folder.group(1)));
      assertThat(DeployRules.violations(objects)).isEmpty();
    }
    assertThat(folders).isEqualTo(4);
  }

  /** A job without its topics fails, and a pod without its Secret waits. */
  @Test
  void topicsAndUsersComeFirstAndAreWaitedFor() throws Exception {
    List<String> commands = commands();
    String wait =
        "kubectl wait -n oom kafkatopic,kafkauser -l app.kubernetes.io/name=oomstream"
            + " --for=condition=Ready";
    int topics = index(commands, "kubectl apply -n oom -k deploy/k8s/overlays/kafka");
    int ready = index(commands, wait);
    int job = index(commands, "kubectl apply -n oom -k deploy/k8s/overlays/tls-sasl");
    int stable = index(commands, "kubectl wait -n oom flinkdeployment/oomstream");
    int shipper = index(commands, "kubectl apply -n oom -k deploy/k8s/shippers");
    assertThat(List.of(topics, ready, job, stable, shipper))
        .doesNotContain(-1)
        .isSorted()
        .doesNotHaveDuplicates();

    List<ObjectNode> objects = Kustomization.render(Manifests.DEPLOY.resolve("overlays/kafka"));
    assertThat(objects)
        .hasSizeGreaterThan(8)
        .allSatisfy(
            o -> {
              assertThat(o.path("kind").asText()).isIn("KafkaTopic", "KafkaUser");
              assertThat(o.at("/metadata/labels/app.kubernetes.io~1name").asText())
                  .isEqualTo("oomstream");
              assertThat(o.at("/metadata/annotations/argocd.argoproj.io~1sync-wave").asText())
                  .isEqualTo("-1");
            });
  }

  private static int index(List<String> commands, String begin) {
    for (int i = 0; i < commands.size(); i++) {
      if (commands.get(i).startsWith(begin)) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void theImagesPropertiesAreThePoms() throws Exception {
    String pom = Files.readString(Path.of("pom.xml"));
    Matcher property = Pattern.compile("-D(image[.\\w]*)=").matcher(String.join("\n", commands()));
    int properties = 0;
    while (property.find()) {
      properties++;
      assertThat(pom)
          .contains("<" + property.group(1) + ">")
          .contains("${" + property.group(1) + "}");
    }
    assertThat(properties).isEqualTo(3);
    assertThat(pom).contains("<id>image</id>");
  }

  @Test
  void theStateThatIsWaitedForIsTheOperators() throws Exception {
    try (InputStream in =
        InstallTextTest.class.getResourceAsStream(
            "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml")) {
      JsonNode status =
          Manifests.YAML
              .readTree(in)
              .at("/spec/versions/0/schema/openAPIV3Schema/properties/status/properties");
      assertThat(String.join("\n", commands())).contains("{.status.lifecycleState}'=STABLE");
      assertThat(status.at("/lifecycleState").toString()).contains("STABLE");
    }
  }
}

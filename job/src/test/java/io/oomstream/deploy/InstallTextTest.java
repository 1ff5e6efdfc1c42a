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
    assertThat(folders).isEqualTo(3);
  }

  @Test
  void whatSedReplacesIsInTheRendering() throws Exception {
    String rendered =
        Kustomization.render(Manifests.DEPLOY.resolve("overlays/tls-sasl")).toString();
    Matcher replace =
        Pattern.compile("'s\\|([^|]+)\\|[^|]+\\|'").matcher(String.join("\n", commands()));
    int replaced = 0;
    while (replace.find()) {
      replaced++;
      assertThat(rendered).contains("\"" + replace.group(1));
    }
    assertThat(replaced).isEqualTo(2);
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
    assertThat(properties).isEqualTo(2);
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

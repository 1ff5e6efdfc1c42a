package io.oomstream.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** That the cluster's jar says what it is made of, and is the same whenever it is built. */
class JarContentsIT {
  private static final String SBOM = "META-INF/sbom/bom.json";
  private static final List<String> OWN = List.of("io/oomstream/", "schema/");

  @Test
  void theSbomListsWhatIsShadedAndNothingElse() throws IOException {
    try (JarFile jar = new JarFile(jar().toFile())) {
      assumeTrue(
          jar.getEntry(SBOM) != null,
          "no SBOM in the jar: the plugin that writes it is passed over by mvn --offline");
      Set<String> shaded = new TreeSet<>();
      for (ZipEntry entry : entries(jar)) {
        if (entry.getName().startsWith("META-INF/maven/")
            && entry.getName().endsWith("/pom.properties")) {
          Properties pom = new Properties();
          try (InputStream in = jar.getInputStream(entry)) {
            pom.load(in);
          }
          shaded.add(
              pom.getProperty("groupId")
                  + ":"
                  + pom.getProperty("artifactId")
                  + ":"
                  + pom.getProperty("version"));
        }
      }
      JsonNode bom;
      try (InputStream in = jar.getInputStream(jar.getEntry(SBOM))) {
        bom = new ObjectMapper().readTree(in);
      }
      Set<String> listed = new TreeSet<>();
      listed.add(coordinates(bom.at("/metadata/component")));
      bom.path("components").forEach(c -> listed.add(coordinates(c)));

      assertThat(bom.path("bomFormat").asText()).isEqualTo("CycloneDX");
      assertThat(shaded).hasSizeGreaterThan(5);
      assertThat(listed)
          .containsAll(shaded)
          .anyMatch(c -> c.startsWith("org.apache.kafka:kafka-clients:"))
          .anyMatch(c -> c.startsWith("org.apache.flink:flink-connector-kafka:"))
          .anyMatch(c -> c.startsWith("com.fasterxml.jackson.core:jackson-databind:"))
          .noneMatch(c -> c.startsWith("org.apache.flink:flink-runtime:"))
          .noneMatch(c -> c.startsWith("org.apache.kafka:kafka_2.13:"))
          .noneMatch(c -> c.startsWith("org.junit"));
      assertThat(bom.path("components"))
          .allSatisfy(c -> assertThat(c.path("purl").asText()).startsWith("pkg:maven/"));
    }
  }

  @Test
  void noEntryTellsWhenOrWhereItWasBuilt() throws IOException {
    try (JarFile jar = new JarFile(jar().toFile())) {
      // Entries of dependencies keep the times that their own jars give them.
      assertThat(
              entries(jar).stream()
                  .filter(e -> OWN.stream().anyMatch(e.getName()::startsWith))
                  .map(ZipEntry::getTimeLocal)
                  .collect(Collectors.toSet()))
          .as("project.build.outputTimestamp in every entry of ours")
          .hasSize(1);
      assertThat(jar.getManifest().getMainAttributes().keySet().stream().map(Object::toString))
          .doesNotContain("Built-By", "Build-Date", "Build-Host");
      String home = System.getProperty("user.home");
      for (ZipEntry entry : entries(jar)) {
        if (entry.getName().endsWith(".json") || entry.getName().endsWith(".properties")) {
          try (InputStream in = jar.getInputStream(entry)) {
            String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(text)
                .as(entry.getName())
                .doesNotContain(Path.of("..").toRealPath().toString())
                .doesNotContain(home + "/");
          }
        }
      }
    }
  }

  private static String coordinates(JsonNode component) {
    return component.path("group").asText()
        + ":"
        + component.path("name").asText()
        + ":"
        + component.path("version").asText();
  }

  private static List<ZipEntry> entries(JarFile jar) {
    return new ArrayList<>(jar.stream().toList());
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(f -> String.valueOf(f.getFileName()).endsWith("-cluster.jar"))
          .findFirst()
          .orElseThrow();
    }
  }
}

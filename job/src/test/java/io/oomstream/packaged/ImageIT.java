package io.oomstream.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What Maven builds without a daemon (job/pom.xml, `-P image`) is what the Dockerfile says: the
 * layer on the base is unpacked and held against the Dockerfile, instruction by instruction.
 */
class ImageIT {
  private static final Pattern LABEL = Pattern.compile("([a-z.]+)=\"([^\"]*)\"");

  @Test
  void theLayerIsWhatTheDockerfileCopies() throws IOException {
    String[] copy = instruction("COPY").split(" ", -1);
    OciLayer image = OciLayer.read(Path.of("target", "image-layer.tar"));
    Map<String, OciLayer.Entry> files = new TreeMap<>(image.entries());
    files.values().removeIf(e -> e.sha256() == null);

    assertThat(copy).hasSize(3);
    assertThat(files).containsOnlyKeys(copy[2]);
    OciLayer.Entry jar = files.get(copy[2]);
    try (InputStream in = Files.newInputStream(clusterJar(copy[1]))) {
      assertThat(jar.sha256()).isEqualTo(OciLayer.sha256(in));
    }
    assertThat(copy[0]).isEqualTo(String.format("--chmod=%04o", jar.mode()));
    // COPY without --chown.
    assertThat(jar.owner()).isEqualTo("0:0");
    assertThat(image.entries().keySet())
        .filteredOn(path -> !files.containsKey(path))
        .as("the jar's own folders, which anybody may read")
        .allSatisfy(folder -> assertThat(copy[2]).startsWith(folder))
        .allSatisfy(
            folder -> assertThat(image.entries().get(folder).mode() & 0555).isEqualTo(0555));
  }

  @Test
  void userAndLabelsAreTheDockerfiles() throws IOException {
    JsonNode config = OciLayer.read(Path.of("target", "image-layer.tar")).config().path("config");
    Map<String, String> labels = new TreeMap<>();
    config.path("Labels").properties().forEach(l -> labels.put(l.getKey(), l.getValue().asText()));

    assertThat("USER " + config.path("User").asText()).isEqualTo("USER " + instruction("USER"));
    assertThat(labels).hasSizeGreaterThan(3).isEqualTo(labels(instruction("LABEL")));
    assertThat(labels).containsEntry("org.opencontainers.image.base.name", instruction("FROM"));
    // The base's entrypoint, command, variables and ports.
    assertThat(config.has("Entrypoint")).isFalse();
    assertThat(config.has("Cmd")).isFalse();
    assertThat(config.path("Env")).isEmpty();
    assertThat(config.path("ExposedPorts")).isEmpty();
  }

  @Test
  void nothingTellsWhenItWasBuilt() throws IOException {
    OciLayer image = OciLayer.read(Path.of("target", "image-layer.tar"));
    Instant fixed = Instant.parse(image.config().path("created").asText());

    assertThat(fixed).isEqualTo(Instant.parse(outputTimestamp()));
    assertThat(image.config().path("history"))
        .allSatisfy(h -> assertThat(h.path("created").asText()).isEqualTo(fixed.toString()));
    assertThat(image.entries().values())
        .allSatisfy(
            e ->
                assertThat(e.modified())
                    .isEqualTo(e.sha256() == null ? Instant.ofEpochSecond(1) : fixed));
  }

  private static String outputTimestamp() throws IOException {
    Matcher set =
        Pattern.compile("<project.build.outputTimestamp>(.*)</")
            .matcher(Files.readString(Path.of("..", "pom.xml")));
    assertThat(set.find()).isTrue();
    return set.group(1);
  }

  /** The arguments of an instruction that the Dockerfile has once, its lines joined. */
  private static String instruction(String name) throws IOException {
    List<String> found =
        Files.readString(Path.of("..", "deploy", "k8s", "Dockerfile"))
            .replaceAll("\\\\\n *", "")
            .lines()
            .filter(l -> l.startsWith(name + " "))
            .toList();
    assertThat(found).as(name).hasSize(1);
    return found.get(0).substring(name.length() + 1);
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(text);
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    return labels;
  }

  private static Path clusterJar(String pattern) throws IOException {
    Path file = Path.of("..").resolve(pattern);
    try (var found = Files.newDirectoryStream(file.getParent(), file.getFileName().toString());
        Stream<Path> jars = java.util.stream.StreamSupport.stream(found.spliterator(), false)) {
      List<Path> all = jars.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }
}

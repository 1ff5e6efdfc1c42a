package io.oomstream.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * The container's file system and what it is started with, laid out under a folder: all of it read
 * from the Dockerfile, the FlinkDeployment and its ConfigMap, nothing repeated here.
 */
final class Image {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String MAIN_CONTAINER = "flink-main-container";

  private final Path repository;
  private final Path root;
  private final Path volumes;
  private final List<JsonNode> objects = new ArrayList<>();
  private final JsonNode spec;

  private Image(Path repository, Path root, Path volumes) throws IOException {
    this.repository = repository;
    this.root = root;
    this.volumes = volumes;
    try (Stream<Path> files = Files.list(repository.resolve("deploy/k8s/base"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        try (MappingIterator<JsonNode> documents =
            YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
          objects.addAll(documents.readAll());
        }
      }
    }
    this.spec =
        objects.stream()
            .filter(o -> o.path("kind").asText().equals("FlinkDeployment"))
            .findFirst()
            .orElseThrow()
            .path("spec");
  }

  /**
   * Copies what the Dockerfile copies and mounts what the FlinkDeployment mounts.
   *
   * @param volumes where the claims' volumes are, which all images see
   * @param replaced options of the ConfigMap that can't be what they are on a cluster
   */
  static Image layOut(Path repository, Path root, Path volumes, Map<String, String> replaced)
      throws IOException {
    Image image = new Image(repository, root, volumes);
    image.copyTheJar();
    image.mount(replaced);
    return image;
  }

  /** A path or URI of the container, as it is here. */
  String here(String inContainer) {
    return inContainer.startsWith("/opt/")
        ? root + inContainer
        : inContainer.replace("file:///opt/", "file://" + root + "/opt/");
  }

  Path path(String inContainer) {
    return Path.of(here(inContainer));
  }

  /** {@code spec.flinkConfiguration}, with the resources that the operator adds from the spec. */
  Map<String, String> flinkConfiguration() {
    Map<String, String> configuration = new TreeMap<>();
    flatten("", spec.path("flinkConfiguration"), configuration);
    configuration.put(
        "jobmanager.memory.process.size", spec.at("/jobManager/resource/memory").asText());
    configuration.put(
        "taskmanager.memory.process.size", spec.at("/taskManager/resource/memory").asText());
    configuration.put("parallelism.default", spec.at("/job/parallelism").asText());
    return configuration;
  }

  String entryClass() {
    return spec.at("/job/entryClass").asText();
  }

  /** {@code spec.job.jarURI}, which must be where the Dockerfile puts the jar. */
  Path jar() {
    return path(spec.at("/job/jarURI").asText().replaceFirst("^local://", ""));
  }

  /** What the jar's manifest calls its version. */
  String version() throws IOException {
    try (JarFile jar = new JarFile(jar().toFile())) {
      return String.valueOf(
          jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION));
    }
  }

  /** Makes it the image of another release, as its jar's manifest says. */
  void release(String version) throws IOException {
    try (FileSystem jar = FileSystems.newFileSystem(jar())) {
      Path file = jar.getPath(JarFile.MANIFEST_NAME);
      Manifest manifest;
      try (InputStream in = Files.newInputStream(file)) {
        manifest = new Manifest(in);
      }
      manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
      try (OutputStream out = Files.newOutputStream(file)) {
        manifest.write(out);
      }
    }
  }

  /** Takes the jar away: what still runs as the job afterwards is not of this image. */
  void withdraw() throws IOException {
    Files.move(jar(), withdrawn());
  }

  void bringBack() throws IOException {
    Files.move(withdrawn(), jar());
  }

  private Path withdrawn() {
    return root.resolve("withdrawn");
  }

  List<String> args() {
    List<String> args = new ArrayList<>();
    spec.at("/job/args").forEach(a -> args.add(here(a.asText())));
    return args;
  }

  /** The job's options as they lie in the file that its arguments name. */
  Map<String, String> options() throws IOException {
    List<String> args = args();
    Properties properties = new Properties();
    properties.load(
        new StringReader(
            Files.readString(
                Path.of(args.get(args.indexOf("--config") + 1)), StandardCharsets.UTF_8)));
    Map<String, String> options = new TreeMap<>();
    properties.forEach((key, value) -> options.put(key.toString(), value.toString()));
    return options;
  }

  private void copyTheJar() throws IOException {
    List<String> copies =
        Files.readAllLines(repository.resolve("deploy/k8s/Dockerfile")).stream()
            .filter(l -> l.startsWith("COPY "))
            .toList();
    for (String copy : copies) {
      List<String> words =
          Stream.of(copy.split(" ", -1)).filter(w -> !w.isEmpty() && !w.startsWith("--")).toList();
      Path target = path(words.get(2));
      Files.createDirectories(target.getParent());
      Files.copy(matching(words.get(1)), target);
    }
  }

  private Path matching(String pattern) throws IOException {
    Path file = repository.resolve(pattern);
    try (var found = Files.newDirectoryStream(file.getParent(), file.getFileName().toString())) {
      List<Path> files = new ArrayList<>();
      found.forEach(files::add);
      if (files.size() != 1) {
        throw new IOException(pattern + " must be one file, is " + files + ": run mvn package");
      }
      return files.get(0);
    }
  }

  private void mount(Map<String, String> replaced) throws IOException {
    JsonNode pod = spec.at("/podTemplate/spec");
    Map<String, JsonNode> byName = new LinkedHashMap<>();
    pod.path("volumes").forEach(v -> byName.put(v.path("name").asText(), v));
    for (JsonNode container : pod.path("containers")) {
      if (!container.path("name").asText().equals(MAIN_CONTAINER)) {
        continue;
      }
      for (JsonNode mount : container.path("volumeMounts")) {
        Path target = path(mount.path("mountPath").asText());
        JsonNode volume = byName.get(mount.path("name").asText());
        JsonNode claim = volume.at("/persistentVolumeClaim/claimName");
        if (claim.isMissingNode()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.createSymbolicLink(
              target, Files.createDirectories(volumes.resolve(claim.asText())));
        }
        JsonNode configMap = volume.at("/configMap/name");
        if (!configMap.isMissingNode()) {
          writeConfigMap(configMap.asText(), target, replaced);
        }
      }
    }
  }

  private void writeConfigMap(String name, Path folder, Map<String, String> replaced)
      throws IOException {
    JsonNode data =
        objects.stream()
            .filter(o -> o.path("kind").asText().equals("ConfigMap"))
            .filter(o -> o.at("/metadata/name").asText().equals(name))
            .findFirst()
            .orElseThrow()
            .path("data");
    for (Map.Entry<String, JsonNode> file : data.properties()) {
      List<String> lines = new ArrayList<>(file.getValue().asText().lines().toList());
      lines.replaceAll(
          line -> {
            String value = replaced.get(line.split("=", 2)[0].strip());
            return value == null ? line : line.split("=", 2)[0] + "=" + value;
          });
      replaced.forEach(
          (key, value) -> {
            if (lines.stream().noneMatch(l -> l.startsWith(key + "="))) {
              lines.add(key + "=" + value);
            }
          });
      Files.write(folder.resolve(file.getKey()), lines, StandardCharsets.UTF_8);
    }
  }

  private void flatten(String prefix, JsonNode node, Map<String, String> into) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String key = prefix + entry.getKey();
      if (entry.getValue().isObject()) {
        flatten(key + ".", entry.getValue(), into);
      } else {
        into.put(key, here(entry.getValue().asText()));
      }
    }
  }
}

package io.oomstream.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jar that goes into the cluster's image. */
class ClusterJarIT {

  @Test
  void holdsTheJobAndItsConnectorsAndNothingOfFlinkItself() throws IOException {
    try (JarFile jar = new JarFile(jar().toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo("io.oomstream.OomStreamJob");
      assertThat(jar.getName())
          .endsWith(
              "-"
                  + jar.getManifest().getMainAttributes().getValue("Implementation-Version")
                  + "-cluster.jar");
      List<String> names = jar.stream().map(ZipEntry::getName).toList();
      assertThat(names)
          .contains(
              "io/oomstream/OomStreamJob.class",
              "schema/kill-1.0.json",
              "org/apache/flink/connector/kafka/source/KafkaSource.class",
              "org/apache/kafka/clients/consumer/KafkaConsumer.class",
              "picocli/CommandLine.class")
          .noneMatch(name -> name.startsWith("org/apache/flink/streaming/api/"))
          .noneMatch(name -> name.startsWith("org/apache/flink/runtime/"))
          .noneMatch(name -> name.startsWith("kafka/server/"))
          .noneMatch(name -> name.startsWith("org/slf4j/"))
          .noneMatch(name -> name.startsWith("org/apache/logging/"))
          .noneMatch(name -> name.startsWith("log4j2"));
    }
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

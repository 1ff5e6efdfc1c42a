package io.oomstream.rehearsal;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the official image has in /opt/flink, from the jars that Maven resolved: Flink and what it
 * needs in lib/, the metrics reporter in plugins/. No Kafka, no Jackson, no picocli and no
 * connector-base, so that the job's own jar must bring them.
 */
final class FlinkDistribution {

  /** What Flink's own jars refer to and do not shade. */
  private static final List<String> THIRD_PARTY =
      List.of(
          "asm-",
          "chill",
          "commons-",
          "frocksdbjni-",
          "async-profiler-",
          "javassist-",
          "jsr305-",
          "kryo-",
          "log4j-",
          "lz4-java-",
          "minlog-",
          "objenesis-",
          "reflectasm-",
          "slf4j-api-",
          "snakeyaml-engine-",
          "snappy-java-",
          "zookeeper-",
          "icu4j-");

  private static final List<String> NOT_IN_LIB =
      List.of(
          "flink-connector-kafka",
          "flink-connector-base",
          "flink-test-utils",
          "flink-metrics-prometheus",
          "flink-kubernetes-",
          // Brings classes of Flink in a version of its own.
          "flink-autoscaler");

  private FlinkDistribution() {}

  /** Links the jars into {@code home}/lib and {@code home}/plugins; the class path of lib. */
  static String layOut(Path home, List<String> classPath) throws IOException {
    Path lib = Files.createDirectories(home.resolve("lib"));
    Path reporter = Files.createDirectories(home.resolve("plugins/metrics-prometheus"));
    for (String jar : new LinkedHashSet<>(classPath)) {
      Path file = Path.of(jar);
      String name = file.getFileName().toString();
      if (name.startsWith("flink-metrics-prometheus-")) {
        Files.createSymbolicLink(reporter.resolve(name), file.toAbsolutePath());
      } else if (inLib(name)) {
        Files.createSymbolicLink(lib.resolve(name), file.toAbsolutePath());
      }
    }
    List<String> entries = new ArrayList<>();
    try (Stream<Path> jars = Files.list(lib)) {
      jars.sorted().forEach(j -> entries.add(j.toString()));
    }
    return String.join(File.pathSeparator, entries);
  }

  private static boolean inLib(String name) {
    boolean flink =
        name.startsWith("flink-")
            && !name.endsWith("-tests.jar")
            && NOT_IN_LIB.stream().noneMatch(name::startsWith);
    return name.endsWith(".jar") && (flink || THIRD_PARTY.stream().anyMatch(name::startsWith));
  }
}

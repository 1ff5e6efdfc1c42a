package io.oomstream;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the packages, and what pure code must not touch. */
class ArchitectureTest {

  private static final String ROOT = "io.oomstream.";

  private static final List<String> PURE =
      List.of("event", "format", "kernel", "block", "diagnosis", "anomaly", "snapshot", "trend");

  /** What each package may use of the others. */
  private static final Map<String, List<String>> ARROWS =
      Map.ofEntries(
          Map.entry("event", List.of()),
          Map.entry("format", List.of("event")),
          Map.entry("kafka", List.of("event", "format")),
          Map.entry("kernel", List.of()),
          Map.entry("block", List.of("event", "format", "kernel")),
          Map.entry("diagnosis", List.of("event", "format", "kernel", "block")),
          Map.entry("anomaly", List.of("event", "format", "kernel", "block", "diagnosis")),
          Map.entry("snapshot", List.of("event", "format", "kernel", "block", "diagnosis")),
          Map.entry(
              "trend", List.of("event", "format", "kernel", "block", "diagnosis", "snapshot")),
          Map.entry(
              "state",
              List.of("event", "format", "kernel", "block", "diagnosis", "anomaly", "trend")),
          Map.entry(
              "function",
              List.of(
                  "event",
                  "format",
                  "kernel",
                  "block",
                  "diagnosis",
                  "anomaly",
                  "snapshot",
                  "trend",
                  "state")),
          Map.entry(
              "config",
              List.of(
                  "event",
                  "format",
                  "kafka",
                  "kernel",
                  "block",
                  "diagnosis",
                  "anomaly",
                  "snapshot",
                  "trend",
                  "function")),
          Map.entry(
              "pipeline",
              List.of(
                  "event",
                  "format",
                  "kafka",
                  "kernel",
                  "block",
                  "diagnosis",
                  "anomaly",
                  "snapshot",
                  "trend",
                  "state",
                  "function",
                  "config")),
          Map.entry("cli.demo", List.of("event", "format", "kafka")),
          Map.entry(
              "cli",
              List.of(
                  "cli.demo",
                  "event",
                  "format",
                  "kafka",
                  "kernel",
                  "block",
                  "diagnosis",
                  "anomaly",
                  "snapshot",
                  "trend",
                  "state",
                  "function",
                  "config",
                  "pipeline")));

  private static JavaClasses classes;

  @BeforeAll
  static void readClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/test-classes/"))
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.oomstream");
  }

  @Test
  void everyPackageHasItsArrows() {
    assertThat(classes).isNotEmpty();
    assertThat(classes.stream().map(c -> c.getPackageName()).distinct())
        .allMatch(p -> p.equals("io.oomstream") || ARROWS.containsKey(p.substring(ROOT.length())));
    assertThat(classes.stream().map(c -> c.getPackageName()))
        .contains(ROOT + "event", ROOT + "kernel");
  }

  static Stream<String> packages() {
    return ARROWS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void usesOnlyWhatItMay(String name) {
    String[] allowed =
        Stream.concat(Stream.of(name), Objects.requireNonNull(ARROWS.get(name)).stream())
            .map(p -> ROOT + p)
            .toArray(String[]::new);
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + name)
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("io.oomstream..").and(resideOutsideOfPackages(allowed))));
  }

  @Test
  void onlyTheKafkaPackageKnowsKafka() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "kafka")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "kafka..")
            .because("sources, sinks and the broker of the demo are behind io.oomstream.kafka"));
  }

  @Test
  void meaningKnowsNoFlink() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(in(PURE))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.flink..")
            .because("it is tried, read and reused without a cluster"));
  }

  @Test
  void thePipelineIsTheOnlyOneThatBuildsTheGraph() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(in(List.of("function", "state", "config")))
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName(
                "org.apache.flink.streaming.api.environment.StreamExecutionEnvironment"));
  }

  @Test
  void noClockRandomOrSleepWhereTheSameLinesMustGiveTheSameBytes() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(in(List.of("function", "cli", "kafka")))
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class, Random.class, ThreadLocalRandom.class)
            .because("time is a parameter, and ids come from the lines"));
  }

  private static void check(ArchRule rule) {
    // A package may have no classes yet.
    rule.allowEmptyShould(true).check(classes);
  }

  private static String[] in(List<String> names) {
    return names.stream().map(n -> ROOT + n).toArray(String[]::new);
  }
}

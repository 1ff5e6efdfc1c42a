package io.oomstream;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the packages, their sizes, and what pure code must not touch. */
class ArchitectureTest {

  private static final String ROOT = "io.oomstream.";

  /** A package and what it may use, from the contract at the top to the commands at the end. */
  private static final Map<String, Set<String>> ARROWS =
      arrows(
          """
          event.section      →
          event              → event.section
          event.rule         → event

          format.line        →
          format.time        → format.line
          format.text        → format.line format.time
          format.json        → format.line format.time format.text
          format.detect      → format.line format.time format.text format.json
          format.otlp        → format.line format.time format.text format.json format.detect
          format             → format.line format.time format.text format.json format.detect format.otlp
          format.file        → format format.line format.time format.text format.json format.detect format.otlp
          kafka              → event event.section format.line

          kernel             →
          block.text         →
          assemble           → kernel block.text event event.section format.line format.text
          block.request      → kernel block.text event event.section
          block.cgroup       → kernel block.text event event.section
          block.memory       → kernel block.text block.request event event.section
          block.victim       → kernel block.text block.cgroup assemble event event.section
          block              → kernel block.text block.request block.cgroup block.memory block.victim assemble event event.section format.line
          diagnosis.context  → kernel block assemble event event.section format.line
          diagnosis.cause    → kernel block diagnosis.context event event.section
          diagnosis.blame    → block diagnosis.context diagnosis.cause event event.section
          diagnosis.signal   → kernel block block.victim assemble diagnosis.context diagnosis.cause event event.section
          diagnosis          → kernel block assemble diagnosis.context diagnosis.cause diagnosis.blame diagnosis.signal event event.section
          rule               → diagnosis.context event event.rule event.section
          anomaly            → rule diagnosis.context event event.rule event.section
          snapshot           → diagnosis.context event event.section format.line
          trend              → snapshot diagnosis.context event event.section

          state              → assemble anomaly rule trend diagnosis.context event event.section format.line
          intake             → assemble assemble.segment assemble.sequence kernel event format format.line format.json
          step               → assemble assemble.segment block diagnosis diagnosis.context anomaly rule trend event event.section
          local              → step intake assemble assemble.segment anomaly rule trend diagnosis.context event format.line
          function           → step intake state assemble block diagnosis diagnosis.context anomaly rule trend snapshot kernel event event.rule event.section format format.line format.json
          config             → intake function assemble rule trend diagnosis.context kafka format.line format.json event
          pipeline           → config function state assemble anomaly rule trend diagnosis.context kafka format.line event
          cli.report         → diagnosis.context event event.section
          cli.input          → cli.report local intake config format format.line format.file diagnosis.context event event.section
          cli.demo           → event format format.line kafka
          cli                → cli.report cli.input cli.demo config pipeline diagnosis.context kafka event
          """);

  /** These hold meaning or read bytes: no Flink in them. */
  private static final Set<String> WITH_FLINK =
      Set.of("kafka", "state", "function", "config", "pipeline", "cli", "cli.input", "cli.demo");

  /** Some twenty files: what a reader can overlook. */
  private static final int MAX_FILES = 24;

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
    Set<String> found =
        classes.stream()
            .map(JavaClass::getPackageName)
            .filter(p -> p.startsWith(ROOT))
            .map(p -> p.substring(ROOT.length()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(found).isEqualTo(new TreeSet<>(ARROWS.keySet()));
  }

  /** The table is read from the top: an arrow leads to a package that stands further up. */
  @Test
  void noArrowRunsBack() {
    assertThat(ARROWS.keySet())
        .allSatisfy(
            from ->
                assertThat(reachable(from, new TreeSet<>())).as("a circle").doesNotContain(from));
  }

  static Stream<String> packages() {
    return ARROWS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void usesOnlyWhatItMay(String name) {
    String[] allowed =
        Stream.concat(Stream.of(name), targets(name).stream())
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

  @ParameterizedTest
  @MethodSource("packages")
  void canBeOverlooked(String name) {
    long files =
        classes.stream()
            .filter(c -> c.getPackageName().equals(ROOT + name))
            .filter(c -> !c.getEnclosingClass().isPresent())
            .map(JavaClass::getSimpleName)
            .filter(c -> !c.isEmpty() && !c.equals("package-info"))
            .count();
    assertThat(files).as(name).isPositive().isLessThanOrEqualTo(MAX_FILES);
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
            .resideInAnyPackage(
                ARROWS.keySet().stream()
                    .filter(p -> !WITH_FLINK.contains(p))
                    .map(p -> ROOT + p)
                    .toArray(String[]::new))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.flink..")
            .because("it is tested, read and reused without a cluster"));
  }

  @Test
  void thePipelineIsTheOnlyOneThatBuildsTheGraph() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(ROOT + "function", ROOT + "state", ROOT + "config")
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
            .resideOutsideOfPackages(ROOT + "function", ROOT + "cli..", ROOT + "kafka")
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
    rule.check(classes);
  }

  private static Set<String> targets(String name) {
    return Objects.requireNonNull(ARROWS.get(name), name);
  }

  private static Set<String> reachable(String from, Set<String> seen) {
    for (String to : targets(from)) {
      if (seen.add(to)) {
        reachable(to, seen);
      }
    }
    return seen;
  }

  private static Map<String, Set<String>> arrows(String table) {
    Map<String, Set<String>> arrows = new TreeMap<>();
    table
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .forEach(
            line -> {
              String[] sides = line.split("\\s*→\\s*", -1);
              List<String> to =
                  Arrays.stream(sides[1].split(" ")).filter(s -> !s.isEmpty()).toList();
              arrows.put(sides[0].strip(), new TreeSet<>(to));
            });
    return arrows;
  }
}

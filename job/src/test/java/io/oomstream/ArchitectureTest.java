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
          event.section     →
          event             → event.section
          event.rule        → event
          bytes             →
          format.line       → bytes
          format.time       → bytes format.line
          format.text       → bytes format.line format.time
          format.json       → bytes format.line format.time format.text
          format.detect     → bytes format.line format.time format.text format.json
          format.otlp       → bytes format.line format.text format.json format.detect
          format            → bytes format.line format.time format.text format.json format.detect format.otlp
          format.file       → bytes format.line format.time format.text format.json format.detect format.otlp format
          kafka             → event
          kafka.source.watermark → format.line
          kafka.source      → format.line kafka kafka.source.watermark
          kafka.local       → kafka kafka.source
          kernel            → bytes
          block.text        →
          block.cgroup      → event.section kernel block.text
          block.line        → event kernel block.text block.cgroup
          assemble.segment  → event.section event format.line format.text kernel block.line
          assemble.sequence →
          assemble          → event.section event format.line kernel assemble.segment assemble.sequence
          intake            → event format.line format.json format kernel assemble.segment assemble.sequence assemble
          block.request     → event.section kernel block.text
          block.memory      → event.section kernel block.text block.request
          block.victim      → event.section kernel block.text block.line assemble.segment
          block             → event.section event format.line format.text kernel block.text block.cgroup block.line assemble.segment block.request block.memory block.victim
          diagnosis.context → event.section event format.line kernel block.cgroup assemble.segment block
          diagnosis.cause   → event.section format.line kernel block.text block.cgroup assemble.segment block.memory block diagnosis.context
          diagnosis.blame   → event.section event block diagnosis.context diagnosis.cause
          diagnosis.signal  → event.section event format.line kernel block.cgroup block.line assemble.segment block diagnosis.context diagnosis.cause diagnosis.blame
          diagnosis         → event.section event format.line kernel block.line assemble.segment block diagnosis.context diagnosis.cause diagnosis.blame diagnosis.signal
          workload          → event.section format.line block.text
          rule              → event event.rule diagnosis.context
          anomaly           → event.section event event.rule assemble.segment diagnosis.context rule workload
          snapshot          → format.line diagnosis.context
          trend             → event.section event diagnosis.context snapshot
          step              → event.section event format.line assemble.segment block diagnosis.context diagnosis rule anomaly trend workload
          local             → event format.line assemble.segment assemble intake diagnosis.context rule anomaly trend step
          state             → event format.line assemble.segment assemble.sequence assemble intake rule anomaly trend workload
          function          → event.section event event.rule format.line assemble.segment assemble.sequence assemble intake block diagnosis.context rule anomaly snapshot trend step state workload
          function.catalogue → event format.line intake diagnosis.context state workload function
          config            → event format.line format.json kafka assemble.segment assemble intake diagnosis.context rule trend
          pipeline          → event format.line kafka kafka.source assemble.segment assemble.sequence assemble intake diagnosis.context rule anomaly trend state function config workload function.catalogue
          cli.summary       → event format.line kernel diagnosis.context
          cli.report        → event.section event diagnosis.context snapshot
          cli.text          → diagnosis.context snapshot cli.summary cli.report
          cli.shell         →
          cli.glossary      → diagnosis.context
          cli.html          → event diagnosis.context snapshot cli.summary cli.report cli.glossary
          cli.input.paste   → format.line format kernel
          cli.input.store   → format.line format format.file kernel cli.input.paste
          cli.input         → event.section event format.line format.json format format.file assemble intake block.memory diagnosis.context rule snapshot trend local config cli.summary cli.report cli.input.paste cli.input.store
          cli.serve         → diagnosis.context cli.summary cli.html
          cli.demo          → event format.line format kafka.local
          cli.analyze       → event snapshot diagnosis.context config trend cli.summary cli.report cli.text cli.shell cli.html cli.input
          cli               → event format.line kafka.local diagnosis.context config pipeline cli.summary cli.report cli.text cli.shell cli.html cli.input cli.serve cli.demo cli.analyze
          """);

  /** These hold meaning or read bytes: no Flink in them. */
  private static final Set<String> WITH_FLINK =
      Set.of(
          "kafka",
          "kafka.source",
          "kafka.source.watermark",
          "kafka.local",
          "state",
          "function",
          "function.catalogue",
          "config",
          "pipeline",
          "cli",
          "cli.input",
          "cli.demo");

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
            .resideOutsideOfPackage(ROOT + "kafka..")
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
            .resideOutsideOfPackages(ROOT + "function", ROOT + "cli..", ROOT + "kafka..")
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

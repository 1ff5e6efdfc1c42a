package io.oomstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code analyze} starts no Flink: of its classes only those of options are loaded. */
class AnalyzeClassesTest {

  private static final Pattern LOADED = Pattern.compile("([\\w.$]+) source: (\\S+)");

  /** Where Flink has its options, and what they need. */
  private static final List<String> OPTIONS = List.of("flink-core-", "flink-annotations-");

  /** What runs inside a job. */
  private static final List<String> OF_JOBS =
      List.of(
          "io.oomstream.function.",
          "io.oomstream.state.",
          "io.oomstream.pipeline.",
          "org.apache.flink.streaming.",
          "org.apache.flink.runtime.",
          "org.apache.flink.api.common.typeinfo.",
          "org.apache.kafka.");

  @TempDir private Path folder;

  @Test
  void loadsNoClassOfFlinkButItsOptions() throws Exception {
    Path loaded = folder.resolve("loaded");
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + loaded,
                "-Dlog4j2.loggerContextFactory=org.apache.logging.log4j.simple.SimpleLoggerContextFactory",
                "-Doomstream.launcher=true",
                "-cp",
                System.getProperty("java.class.path"),
                "io.oomstream.OomStreamJob",
                "analyze",
                ".." + File.separator + "samples" + File.separator + "storm.kmsg")
            .redirectOutput(out.toFile())
            .redirectErrorStream(true)
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();

    assertThat(process.exitValue()).as(Files.readString(out)).isZero();
    List<MatchResult> classes =
        LOADED.matcher(Files.readString(loaded, StandardCharsets.UTF_8)).results().toList();
    assertThat(classes)
        .extracting(found -> found.group(1))
        .contains("io.oomstream.local.PlainJob", "org.apache.flink.configuration.ConfigOption")
        .noneMatch(name -> OF_JOBS.stream().anyMatch(name::startsWith));
    assertThat(classes)
        .filteredOn(found -> found.group(1).startsWith("org.apache.flink."))
        .extracting(found -> found.group(2).substring(found.group(2).lastIndexOf('/') + 1))
        .allMatch(jar -> OPTIONS.stream().anyMatch(jar::startsWith));
  }
}

package io.oomstream.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.Test;

/** deploy/rehearsal/run, as a person would run it. */
class RehearsalIT {
  private static final int PATIENCE_SECONDS = 900;

  /** Stays, with what the processes said. */
  private static final Path FOLDER = Path.of("target", "rehearsal");

  @Test
  void stoppedUpgradedKilledAndRolledBackTheDeploymentLosesNothing() throws Exception {
    FileUtils.deleteDirectory(FOLDER.toFile());
    Path out = Files.createDirectories(FOLDER).resolve("out");
    Process script =
        new ProcessBuilder("../deploy/rehearsal/run", FOLDER.resolve("work").toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    boolean ended = script.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      script.descendants().forEach(ProcessHandle::destroyForcibly);
      script.destroyForcibly();
    }
    String said = Files.readString(out, StandardCharsets.UTF_8);
    System.out.print(said);

    assertThat(ended).as("within %d s: %s", PATIENCE_SECONDS, said).isTrue();
    assertThat(script.exitValue()).as(said).isZero();
    assertThat(said)
        .contains("in mid-block, events so far: 0")
        .contains("upgraded: release rehearsed-upgrade, parallelism 1, from savepoint ")
        .contains("TaskManager killed, resumed from checkpoint ")
        .contains("JobManager killed, resumed from checkpoint ")
        .containsPattern(
            "rolled back: release [0-9.]+(-SNAPSHOT)?, parallelism 1, from checkpoint ")
        .containsPattern("rolled back: release .*, from savepoint .* of the upgrade, all [1-9]")
        .doesNotContain("missing:", "another content:", "not expected:");
  }
}

package io.oomstream.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.Test;

/**
 * Two faults of {@code deploy/rehearsal/faults} in one short run; only the script tries them all.
 */
class FaultsIT {
  private static final int PATIENCE_SECONDS = 600;

  /** Stays, with what the processes said. */
  private static final Path FOLDER = Path.of("target", "faults");

  @Test
  void whatWasWrittenWhileProcessesDiedIsAllThere() throws Exception {
    FileUtils.deleteDirectory(FOLDER.toFile());
    Path out = Files.createDirectories(FOLDER).resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder("../deploy/rehearsal/faults", "taskmanager-then-jobmanager-killed")
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().put("WORK", FOLDER.resolve("work").toString());
    builder.environment().put("HOSTS", "30");
    builder.environment().put("SECONDS_OF_LIFE", "30");
    Process script = builder.start();
    boolean ended = script.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      script.descendants().forEach(ProcessHandle::destroyForcibly);
      script.destroyForcibly();
    }
    String said = Files.readString(out, StandardCharsets.UTF_8);
    System.out.print(said);

    assertThat(ended).as("within %d s: %s", PATIENCE_SECONDS, said).isTrue();
    assertThat(said)
        .containsPattern(
            "taskmanager-then-jobmanager-killed . [0-9]+ . [1-9][0-9]+ . [0-9]+ . the same ");
  }
}

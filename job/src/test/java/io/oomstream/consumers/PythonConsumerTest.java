package io.oomstream.consumers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample in Python makes one row of a kill, also when every event comes again. */
class PythonConsumerTest {
  private static final Path SCRIPT = Path.of("..", "deploy", "consumers", "python", "oom_kills.py");

  @TempDir private Path folder;

  @BeforeAll
  static void python() throws InterruptedException {
    try {
      Process process = new ProcessBuilder("python3", "-c", "import sqlite3").start();
      assumeTrue(process.waitFor() == 0, "python3 has no sqlite3");
    } catch (IOException e) {
      assumeTrue(false, "no python3 on this machine");
    }
  }

  @Test
  void aReplayLeavesOneRowPerKill() throws Exception {
    String events =
        event("a", "io.oomstream.kill.v1", 1)
            + event("b", "io.oomstream.kill.v1", 2)
            + event("s", "io.oomstream.signal.v1", 3);

    assertThat(feed(events)).isEqualTo("2 kills\n");
    assertThat(feed(events + events)).isEqualTo("2 kills\n");
    assertThat(feed(event("c", "io.oomstream.kill.v1", 4))).isEqualTo("3 kills\n");
  }

  @Test
  void whatIsAbsentIsNoError() throws Exception {
    assertThat(
            feed("{\"id\":\"x\",\"type\":\"io.oomstream.kill.v1\",\"data\":{\"host\":null}}\n\n"))
        .isEqualTo("1 kills\n");
  }

  private static String event(String id, String type, int pid) {
    return "{\"specversion\":\"1.0\",\"id\":\""
        + id
        + "\",\"type\":\""
        + type
        + "\",\"data\":{\"host\":{\"name\":\"h\"},\"victim\":{\"pid\":"
        + pid
        + ",\"comm\":\"a'b\"},\"cause\":{\"primary\":\"MEMCG_LIMIT\"}}}\n";
  }

  private String feed(String events) throws Exception {
    Path in = Files.writeString(folder.resolve("in"), events, StandardCharsets.UTF_8);
    Process process =
        new ProcessBuilder(
                "python3",
                SCRIPT.toString(),
                "--stdin",
                "--database",
                folder.resolve("kills.sqlite").toString())
            .redirectInput(in.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}

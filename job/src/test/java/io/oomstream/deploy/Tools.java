package io.oomstream.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** Programs that the build does without, and uses where the machine has them. */
final class Tools {

  private Tools() {}

  /** False if there is no such program; an error of it is an error of the test. */
  static boolean run(Path output, String... command) throws IOException, InterruptedException {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    if (Arrays.stream(path.split(":", -1))
        .noneMatch(d -> Files.isExecutable(Path.of(d, command[0])))) {
      return false;
    }
    Process process = new ProcessBuilder(command).redirectOutput(output.toFile()).start();
    String errors =
        new String(
            process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(
          String.join(" ", command) + ": " + errors + Files.readString(output));
    }
    return true;
  }
}

package io.oomstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.cli.shell.ExitCode;
import io.oomstream.deploy.DocPage;
import io.oomstream.golden.GoldenFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual page and the completion are those of today's options. */
class ManPageTest {

  private static final Path PAGE = Path.of("..", "docs", "man", "oomstream.1");

  @TempDir private Path folder;

  @Test
  void theManualPageIsTodays() throws Exception {
    new GoldenFile(PAGE).mustBe(ManCommand.page());
  }

  @Test
  void theManualPageNamesEveryOptionAndNoLineIsARequestByMistake() {
    assertThat(ManCommand.page())
        .contains("\\fB\\-\\-envelope\\fR", "\\fB\\-\\-color\\fR", ".SS run")
        .contains("\\fB\\-\\-kafka.bootstrap.servers\\fR");
    assertThat(ManCommand.page().lines())
        .filteredOn(line -> line.startsWith("."))
        .allMatch(line -> line.matches("\\.(TH|SH|SS|TP|B)( .*)?"));
  }

  @Test
  void theExitCodesOfThePageAreThoseOfTheProgram() throws Exception {
    StringBuilder table = new StringBuilder("| exit code | meaning |\n|---|---|\n");
    ExitCode.meanings()
        .forEach((code, meaning) -> table.append("| " + code + " | " + meaning + " |\n"));
    DocPage.of("docs/analyze.md").mustHold("exit-codes", table.toString());
  }

  @Test
  void bashCompletesAnOption() throws Exception {
    ByteArrayOutputStream script = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try {
      System.setOut(new PrintStream(script, true, StandardCharsets.UTF_8));
      assertThat(OomstreamCommand.execute("completion")).isZero();
    } finally {
      System.setOut(before);
    }
    Path file = folder.resolve("completion");
    Files.writeString(
        file,
        script.toString(StandardCharsets.UTF_8)
            + "\nCOMP_WORDS=(./oomstream analyze --sum); COMP_CWORD=2; _complete_oomstream\n"
            + "echo \"got:${COMPREPLY[*]}\"\n");
    Process process;
    try {
      process =
          new ProcessBuilder("bash", "--norc", file.toString()).redirectErrorStream(true).start();
    } catch (java.io.IOException noBash) {
      org.junit.jupiter.api.Assumptions.abort("no bash here");
      return;
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    // compopt complains outside of an interactive shell.
    assertThat(said.strip()).endsWith("got:--summary");
    assertThat(script.toString(StandardCharsets.UTF_8)).contains(" ./oomstream oomstream");
  }
}

package io.oomstream.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportOutputTest {

  @TempDir private Path folder;

  private List<String> names() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  @Test
  void aFileHasItsNameWhenItIsWhole() throws Exception {
    Path target = folder.resolve("report.txt");
    Files.writeString(target, "before");
    try (ReportOutput out = ReportOutput.file(target.toString())) {
      out.print("half ");
      assertThat(Files.readString(target)).isEqualTo("before");
      out.print("whole");
      out.finish();
    }
    assertThat(Files.readString(target)).isEqualTo("half whole");
    assertThat(names()).containsExactly("report.txt");
  }

  @Test
  void whatIsNotFinishedLeavesNothing() throws Exception {
    try (ReportOutput out = ReportOutput.file(folder.resolve("report.txt").toString())) {
      out.print("half");
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void aFullDiskIsAnError() {
    assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full on this system");
    assertThatThrownBy(
            () -> {
              try (ReportOutput out = ReportOutput.file("/dev/full")) {
                out.print("x".repeat(100_000));
                out.finish();
              }
            })
        .isInstanceOf(ReportOutput.Failed.class)
        .hasMessageStartingWith("/dev/full: cannot be written: No space left");
  }

  @Test
  void aFolderThatIsMissingIsNamed() {
    assertThatThrownBy(() -> ReportOutput.file(folder.resolve("no/such").toString()))
        .hasMessageEndingWith("no/such: cannot be written: no such folder");
  }
}

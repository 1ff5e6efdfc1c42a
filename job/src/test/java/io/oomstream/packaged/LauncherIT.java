package io.oomstream.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README tells people to type, as real processes. */
class LauncherIT {

  @TempDir private Path folder;

  private record Outcome(int exit, String out, String err, double seconds) {}

  private Outcome run(int patienceSeconds, String... args) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    List<String> command = new java.util.ArrayList<>(List.of("./oomstream"));
    command.addAll(List.of(args));
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of("..").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    boolean ended = process.waitFor(patienceSeconds, TimeUnit.SECONDS);
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertThat(ended).as("%s within %d s: %s", command, patienceSeconds, read(err)).isTrue();
    return new Outcome(process.exitValue(), read(out), read(err), seconds);
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  @Test
  void analyzeExplainsTheSeedInAFewSeconds() throws Exception {
    Outcome outcome = run(60, "analyze", "samples/seed.dmesg");
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.err().lines())
        .containsExactly("oomstream: samples/seed.dmesg:1: belongs to no block in this log");
    assertThat(outcome.out()).contains("a.out").contains("5071").contains("66.6");
    System.out.printf("analyze of one report took %.1f s%n", outcome.seconds());
    // 5 s is what a person gets on two free cores; the build may have to share them.
    assertThat(outcome.seconds()).isLessThan(15);
  }

  /** The short class path of analyze has what these are read with. */
  @ParameterizedTest
  @ValueSource(strings = {"gz", "bzip2", "xz", "zstd"})
  void analyzeReadsAPackedLog(String form) throws Exception {
    Path packed = folder.resolve("seed.dmesg." + form);
    try (OutputStream file = Files.newOutputStream(packed);
        OutputStream out = new CompressorStreamFactory().createCompressorOutputStream(form, file)) {
      Files.copy(Path.of("../samples/seed.dmesg"), out);
    }
    Outcome outcome = run(60, "analyze", packed.toString());
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("a.out").contains("5071").contains("66.6");
  }

  @Test
  void analyzeReadsATable() throws Exception {
    StringBuilder csv = new StringBuilder("Time,Line\n");
    for (String line : Files.readAllLines(Path.of("../samples/seed.dmesg"))) {
      csv.append("2024-08-11T20:21:28Z,\"").append(line.replace("\"", "\"\"")).append("\"\n");
    }
    Path table = Files.writeString(folder.resolve("loki.csv"), csv);
    Outcome outcome = run(60, "analyze", table.toString());
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("a.out").contains("5071").contains("66.6");
  }

  @Test
  void refusesAMissingFileWithExitTwoAndOneLine() throws Exception {
    Outcome outcome = run(60, "analyze", "no-such-file");
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines()).containsExactly("oomstream: no-such-file: no such file");
  }

  @Test
  void demoShowsWhatAConsumerSeesAndStops() throws Exception {
    Outcome outcome = run(150, "demo");
    assertThat(outcome.exit()).as(outcome.err() + outcome.out()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .startsWith("A fleet of 8 hosts: ")
        .contains("\nseed\n  KILL      killed a.out, pid 5071: PAGE_TABLE_BLOAT. ")
        .contains("\nmemcg-kubernetes\n  KILL ")
        .contains(", of Deployment checkout in namespace shop")
        .contains(", of StatefulSet invoices in namespace billing")
        .contains("\nstorm\n  KILL      30 kills: worker-0 … worker-29: MEMCG_LIMIT. ")
        .contains("\ngrowing\n  WARNING   SLAB_GROWTH: filp grows: ")
        .contains("OOM_STORM")
        .contains("HIGH_ORDER_ALLOCATION_FAILURE")
        .contains("SPOOFED_KERNEL_LINE")
        .doesNotContain("kernel.oom.blocks")
        .contains("Next: ./oomstream analyze ");
  }
}

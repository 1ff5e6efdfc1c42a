package io.oomstream.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.oomstream.format.line.RawRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The collector's line on this machine is one that the job reads. */
class CollectorScriptTest {

  private static final Path SCRIPT =
      Path.of("..", "deploy", "k8s", "shippers", "snapshot-collector", "collect.sh");

  @Test
  void printsAnEnvelopeOfThisMachine() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")) && Files.isReadable(Path.of("/proc/vmstat")));
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", SCRIPT.toString());
    builder.environment().put("HOST_NAME", "node-1");
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    byte[] line = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isZero();
    SnapshotDecoder.Decoded decoded =
        SnapshotDecoder.decode(
            new RawRecord("kernel.memory-snapshots", 0, 0, 1, null, line, Map.of()), null);
    assertThat(decoded.complaint()).isEmpty();
    assertThat(decoded.snapshots()).hasSize(1);
    Snapshot snapshot = decoded.snapshots().get(0);
    assertThat(snapshot.hostKey()).isEqualTo("node-1");
    assertThat(snapshot.measuredMs()).isGreaterThan(1_600_000_000_000L);
    assertThat(snapshot.values())
        .containsKeys(SnapshotFigures.MANAGED, SnapshotFigures.AVAILABLE, SnapshotFigures.FREE);
    assertThat(new String(line, java.nio.charset.StandardCharsets.UTF_8).strip())
        .doesNotContain("\n");
  }
}

package io.oomstream.fuzz;

import io.oomstream.lab.LabLogs;
import io.oomstream.lab.ReportFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The project's own fixtures as inputs. */
final class Seeds {

  private static final Path ENVELOPES =
      Path.of("connectors", "src", "test", "resources", "envelopes");
  private static final int LONGEST_LOG = 300;

  private Seeds() {}

  /** Every record of every envelope. */
  static List<byte[]> envelopes() {
    Path folder = Files.isDirectory(ENVELOPES) ? ENVELOPES : Path.of("..").resolve(ENVELOPES);
    List<byte[]> seeds = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (Files.isRegularFile(file)
            && !name.endsWith(".lines")
            && !name.endsWith(".properties")
            && Files.size(file) <= Mutator.MAX_BYTES) {
          seeds.add(Files.readAllBytes(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return seeds;
  }

  /** Reports as dmesg and /dev/kmsg show them, a line each. */
  static List<byte[]> logs() {
    List<byte[]> seeds = new ArrayList<>();
    for (ReportFixture fixture : ReportFixture.all()) {
      seeds.add(joined(fixture.lines()));
    }
    for (LabLogs.LabLog log : LabLogs.all()) {
      if (log.lines().size() < LONGEST_LOG && log.bytes().length < Mutator.MAX_BYTES) {
        seeds.add(log.bytes());
      }
    }
    return seeds;
  }

  private static byte[] joined(List<byte[]> lines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] line : lines) {
      out.writeBytes(line);
      out.write('\n');
    }
    return out.toByteArray();
  }
}

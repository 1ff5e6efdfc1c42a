package io.oomstream.lab;

import io.oomstream.assemble.HostLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A small input of {@code src/test/resources/cases}, as people paste it, and what comes of it. */
public final class CaseFile {

  private static final Path FOLDER = Path.of("src/test/resources/cases");

  private CaseFile() {}

  /** The lines of the file whose name begins so. */
  public static List<String> lines(String number) {
    try (var files = Files.list(FOLDER)) {
      Path file =
          files
              .filter(f -> f.getFileName().toString().startsWith(number + "-"))
              .findFirst()
              .orElseThrow();
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static PlainPipeline.Result run(String number) {
    return run(lines(number));
  }

  /** What comes of lines of a dmesg. */
  public static PlainPipeline.Result run(List<String> lines) {
    List<byte[]> bytes = new ArrayList<>();
    lines.forEach(line -> bytes.add(line.getBytes(StandardCharsets.ISO_8859_1)));
    List<HostLine> decoded = Lines.decode(Lines.records(bytes, "case", 1_000), "case");
    return PlainPipeline.run(decoded);
  }
}

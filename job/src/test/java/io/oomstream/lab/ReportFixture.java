package io.oomstream.lab;

import io.oomstream.assemble.HostLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A report of {@code src/test/resources/reports}, made by hand from a kernel's format strings.
 *
 * @param lines with their time, as dmesg shows them
 * @param foreign texts between them that belong to no report, each without its time
 */
public record ReportFixture(Path file, List<byte[]> lines, List<String> foreign) {

  private static final Path FOLDER = Path.of("src/test/resources/reports");
  private static final String COMMENT = "# ";
  private static final String FOREIGN = "# foreign: ";

  /** Every report of the folder, in order of their names. */
  public static List<ReportFixture> all() {
    try (var files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".dmesg"))
          .sorted()
          .map(ReportFixture::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file's name without its ending. */
  public String name() {
    String name = file.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** Where the events stand that the report must give. */
  public Path golden() {
    return file.resolveSibling(name() + ".json");
  }

  /** What the job's first steps keep of it. */
  public List<HostLine> hostLines() {
    return Lines.decode(Lines.records(lines, name(), 1_000), "lab");
  }

  @Override
  public String toString() {
    return name();
  }

  private static ReportFixture read(Path file) {
    List<byte[]> lines = new ArrayList<>();
    List<String> foreign = new ArrayList<>();
    int left = 0;
    for (String line : text(file).split("\n")) {
      if (line.startsWith(COMMENT)) {
        left = line.startsWith(FOREIGN) ? Integer.parseInt(line.substring(FOREIGN.length())) : left;
        continue;
      }
      lines.add(line.getBytes(StandardCharsets.ISO_8859_1));
      if (left > 0) {
        foreign.add(line.substring(line.indexOf("] ") + 2));
        left--;
      }
    }
    return new ReportFixture(file, lines, foreign);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

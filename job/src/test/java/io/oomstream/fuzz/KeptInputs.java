package io.oomstream.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Inputs in {@code src/test/resources/fuzz/TARGET}: what a search found once is tried for ever. */
final class KeptInputs {

  private static final Path ROOT = Path.of("src", "test", "resources", "fuzz");

  private KeptInputs() {}

  /** By their files' names. */
  static Map<String, byte[]> of(String target) {
    Map<String, byte[]> kept = new TreeMap<>();
    Path folder = folder(target);
    if (!Files.isDirectory(folder)) {
      return kept;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        kept.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return kept;
  }

  static Path keep(String target, byte[] input) {
    Path file =
        folder(target)
            .resolve("found-" + HexFormat.of().toHexDigits(Arrays.hashCode(input)) + ".bin");
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  private static Path folder(String target) {
    Path module = Path.of("job");
    return (Files.isDirectory(module) ? module.resolve(ROOT) : ROOT).resolve(target);
  }
}

package io.oomstream.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The text of the module's production code: what nobody uses is found there. */
public final class MainSources {

  private MainSources() {}

  /** Those of a class's constants that no class names, but for itself and the exceptions. */
  public static List<String> unused(Class<?> type, List<String> constants, String... except)
      throws IOException {
    Set<String> skipped = new TreeSet<>(List.of(except));
    skipped.add(type.getSimpleName());
    StringBuilder all = new StringBuilder();
    List<Path> files;
    try (Stream<Path> tree = Files.walk(Path.of("src/main/java"))) {
      files = tree.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    for (Path file : files) {
      if (!skipped.contains(file.getFileName().toString().replace(".java", ""))) {
        all.append(Files.readString(file));
      }
    }
    return constants.stream()
        .filter(
            name ->
                !Pattern.compile("\\b" + type.getSimpleName() + "\\." + name + "\\b")
                    .matcher(all)
                    .find())
        .toList();
  }
}

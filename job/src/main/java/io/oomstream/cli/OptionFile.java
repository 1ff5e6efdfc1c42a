package io.oomstream.cli;

import io.oomstream.cli.input.UnusableInput;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Options from a file of {@code key=value} lines. */
final class OptionFile {

  private OptionFile() {}

  static Map<String, String> read(String path) throws UnusableInput {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(path), StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new UnusableInput("--config " + path + ": cannot be read: " + e.getMessage());
    }
    Map<String, String> options = new TreeMap<>();
    properties.forEach((key, value) -> options.put(key.toString(), value.toString()));
    return options;
  }
}

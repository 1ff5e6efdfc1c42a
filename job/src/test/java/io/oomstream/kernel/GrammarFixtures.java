package io.oomstream.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The grammar's fixtures: a file of lines for each rule, and whole reports. */
final class GrammarFixtures {

  private static final Path LINES = Path.of("src/test/resources/grammar");
  private static final Path REPORTS = Path.of("src/test/resources/reports");
  private static final String COMMENT = "# ";
  private static final String FOREIGN = "# foreign: ";

  private GrammarFixtures() {}

  /** The hand-made lines of a rule; NONE has those that no rule may take. */
  static List<String> lines(String rule) {
    Path file = LINES.resolve(rule + ".txt");
    if (!Files.exists(file)) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(read(file));
    lines.removeIf(line -> line.startsWith(COMMENT) || line.isEmpty());
    return lines;
  }

  /** Names of the rules that have a file. */
  static List<String> files() {
    return list(LINES).stream().map(GrammarFixtures::baseName).toList();
  }

  /** The lines of every report by its name, without the time. */
  static Map<String, List<String>> reports() {
    Map<String, List<String>> reports = new TreeMap<>();
    for (Path file : list(REPORTS)) {
      if (file.toString().endsWith(".dmesg")) {
        List<String> lines = new ArrayList<>(read(file));
        lines = withoutForeign(lines);
        lines.replaceAll(GrammarFixtures::withoutTime);
        reports.put(baseName(file), lines);
      }
    }
    return reports;
  }

  /** Without comments, and without the lines that one marks as belonging to no report. */
  private static List<String> withoutForeign(List<String> lines) {
    List<String> kept = new ArrayList<>();
    int foreign = 0;
    for (String line : lines) {
      if (line.startsWith(FOREIGN)) {
        foreign = Integer.parseInt(line.substring(FOREIGN.length()));
      } else if (!line.startsWith(COMMENT) && foreign-- <= 0) {
        kept.add(line);
      }
    }
    return kept;
  }

  /** How often each rule occurs in the lines. */
  static Map<LineRule, Integer> count(List<String> lines) {
    Map<LineRule, Integer> counts = new EnumMap<>(LineRule.class);
    for (String line : lines) {
      LineRule rule = Classifier.classify(line);
      if (rule != null) {
        counts.merge(rule, 1, Integer::sum);
      }
    }
    return counts;
  }

  static String withoutTime(String line) {
    int end = line.startsWith("[") ? line.indexOf("] ") : -1;
    boolean time =
        end > 0 && line.lastIndexOf('.', end) > 0 && Character.isDigit(line.charAt(end - 1));
    return time ? line.substring(end + 2) : line;
  }

  private static String baseName(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static List<Path> list(Path folder) {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> read(Path file) {
    try {
      return Arrays.asList(Files.readString(file, StandardCharsets.ISO_8859_1).split("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

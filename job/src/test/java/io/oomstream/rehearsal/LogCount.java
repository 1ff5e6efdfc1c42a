package io.oomstream.rehearsal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a person on call has to read: warnings, errors and stack traces of Flink's processes. */
final class LogCount {

  private static final Pattern PROBLEM = Pattern.compile("\\b(WARN|ERROR)\\b\\s+(.*)");
  private static final int SHOWN = 160;

  private final Map<String, Integer> kinds = new TreeMap<>();
  private long warnings;
  private long errors;
  private long frames;

  private LogCount() {}

  /** Of all logs in the folder whose names contain the text. */
  static LogCount of(Path folder, String name) throws IOException {
    LogCount count = new LogCount();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.getFileName().toString().contains(name)).toList()) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
          lines.forEach(count::take);
        }
      }
    }
    return count;
  }

  /** Warnings, errors and lines of stack traces. */
  String shown() {
    return warnings + " / " + errors + " / " + frames;
  }

  /** Each kind of warning or error with its count, the most frequent first. */
  List<String> kinds() {
    List<String> shown = new ArrayList<>();
    kinds.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(kind -> shown.add(kind.getValue() + " x " + kind.getKey()));
    return shown;
  }

  private void take(String line) {
    if (line.startsWith("\tat ") || line.startsWith("Caused by: ")) {
      frames++;
      return;
    }
    Matcher problem = PROBLEM.matcher(line);
    if (problem.find()) {
      boolean warning = problem.group(1).equals("WARN");
      warnings += warning ? 1 : 0;
      errors += warning ? 0 : 1;
      String text = problem.group(2).replaceAll("[0-9a-f]{8,}|[0-9]+", "#");
      kinds.merge(
          problem.group(1) + " " + text.substring(0, Math.min(SHOWN, text.length())),
          1,
          Integer::sum);
    }
  }
}

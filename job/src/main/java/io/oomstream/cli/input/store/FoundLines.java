package io.oomstream.cli.input.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.cli.input.paste.CleanText;
import io.oomstream.cli.input.paste.LineRead;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's lines in JSON of a shape that has no name here: they are where most texts are lines
 * that only the kernel writes. Host and time are what stands beside them.
 */
final class FoundLines {

  private static final int FEWEST = 3;
  private static final int DEEPEST = 12;

  private final LineRead.Reader reader = new LineRead.Reader();
  private final Map<String, List<Found>> byPath = new HashMap<>();
  private final Map<String, Integer> strong = new HashMap<>();

  private record Found(String text, long line, Deque<JsonNode> around) {}

  void look(JsonNode root, long line) {
    walk(root, "", line, new ArrayDeque<>());
  }

  private void walk(JsonNode node, String path, long line, Deque<JsonNode> around) {
    if (around.size() > DEEPEST) {
      return;
    }
    if (node.isTextual()) {
      String text = node.asText();
      byPath
          .computeIfAbsent(path, p -> new ArrayList<>())
          .add(new Found(text, line, new ArrayDeque<>(around)));
      int lines = (int) text.lines().filter(this::isStrong).count();
      if (lines > 0) {
        strong.merge(path, lines, Integer::sum);
      }
      return;
    }
    around.push(node);
    if (node.isArray()) {
      boolean row = !node.isEmpty() && !node.get(0).isContainerNode();
      for (int i = 0; i < node.size(); i++) {
        // A row's columns differ; a list's elements are alike.
        boolean column = row && node.size() <= 4;
        walk(node.get(i), path + (column ? "/" + i : "/*"), line, around);
      }
    } else {
      node.properties()
          .forEach(one -> walk(one.getValue(), path + "/" + one.getKey(), line, around));
    }
    around.pop();
  }

  /** Whether the text is a line that only the kernel writes, in whatever envelope. */
  boolean isStrong(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return reader.read(0, new String(bytes, StandardCharsets.ISO_8859_1)).isStrong();
  }

  /** In the file's order; empty if nothing looks like the kernel's. */
  List<StoreRow> rows(ZoneId zone) throws IOException {
    String most = null;
    for (Map.Entry<String, Integer> path : strong.entrySet()) {
      int best = most == null ? 0 : strong.getOrDefault(most, 0);
      boolean first = most == null || path.getKey().compareTo(most) < 0;
      if (path.getValue() > best || (path.getValue() == best && first)) {
        most = path.getKey();
      }
    }
    List<StoreRow> rows = new ArrayList<>();
    if (most == null || strong.getOrDefault(most, 0) < FEWEST) {
      return rows;
    }
    List<Found> found = byPath.getOrDefault(most, List.of());
    boolean paste = found.stream().noneMatch(one -> one.around().peek() instanceof ObjectNode);
    if (paste || found.stream().anyMatch(one -> one.text().indexOf('\n') >= 0)) {
      addPaste(found, rows);
      return rows;
    }
    for (Found one : found) {
      rows.add(
          new StoreRow(
              one.line(),
              one.text(),
              beside(one, StoreNames.HOST),
              time(beside(one, StoreNames.TIME), zone),
              null));
    }
    return rows;
  }

  private static @Nullable Instant time(@Nullable String text, ZoneId zone) {
    return text == null ? null : StoreTime.parse(text, zone);
  }

  /** From the nearest object that has it. */
  private @Nullable String beside(Found one, StoreNames names) {
    for (JsonNode node : one.around()) {
      String value = node.isObject() ? StoreDocument.first(node, names) : null;
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** Texts of many lines came through a terminal or a shell, as a paste does. */
  private void addPaste(List<Found> found, List<StoreRow> rows) throws IOException {
    StringBuilder text = new StringBuilder();
    found.forEach(one -> text.append(one.text()).append('\n'));
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    long line = found.isEmpty() ? 1 : found.get(0).line();
    String host = found.isEmpty() ? null : beside(found.get(0), StoreNames.HOST);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new CleanText(new ByteArrayInputStream(bytes)), StandardCharsets.UTF_8))) {
      for (String one = lines.readLine(); one != null; one = lines.readLine()) {
        rows.add(new StoreRow(line, one, host, null, null));
      }
    }
  }
}

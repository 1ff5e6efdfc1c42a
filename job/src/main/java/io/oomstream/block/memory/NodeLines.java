package io.oomstream.block.memory;

import io.oomstream.block.text.Digits;
import io.oomstream.block.text.FieldName;
import io.oomstream.block.text.Figure;
import io.oomstream.event.section.Memory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code Node 0 active_anon:4036276kB … all_unreclaimable? no} ({@code show_free_areas}, 4.8+). */
final class NodeLines {

  private record RawNode(int node, Map<String, Figure> figures, @Nullable Boolean unreclaimable) {}

  private final List<RawNode> nodes = new ArrayList<>();
  private final Set<Integer> seen = new HashSet<>();

  boolean take(String text) {
    Integer node = Digits.toInt(Digits.between(text, "Node ", " ", 0));
    int from = Digits.end(text, 5);
    Map<String, Figure> figures = Figure.readAll(text, from);
    if (node == null || figures.isEmpty()) {
      return false;
    }
    if (!seen.add(node)) {
      return true;
    }
    nodes.add(new RawNode(node, figures, unreclaimable(text)));
    return true;
  }

  List<Memory.Node> toNodes() {
    return nodes.stream()
        .map(
            n ->
                new Memory.Node(
                    n.node(), counters(n.figures()), pagesScanned(n.figures()), n.unreclaimable()))
        .toList();
  }

  static @Nullable Boolean unreclaimable(String text) {
    int at = text.indexOf("all_unreclaimable? ");
    if (at < 0) {
      return null;
    }
    if (text.startsWith("yes", at + 19)) {
      return true;
    }
    return text.startsWith("no", at + 19) ? Boolean.FALSE : null;
  }

  /** {@code pages_scanned}, a plain count: of zones up to 4.7, of nodes from 4.8 to 4.11. */
  static @Nullable Long pagesScanned(Map<String, Figure> figures) {
    Figure scanned = figures.get("pages_scanned");
    return scanned == null ? null : scanned.count();
  }

  /** Bytes of the figures with a unit. */
  static Map<String, Long> counters(Map<String, Figure> figures) {
    Map<String, Long> counters = new LinkedHashMap<>();
    figures.forEach(
        (name, figure) -> {
          Long value = figure.bytes();
          if (value != null) {
            counters.putIfAbsent(FieldName.of(name), value);
          }
        });
    return counters;
  }
}

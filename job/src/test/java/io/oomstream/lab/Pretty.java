package io.oomstream.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** JSON for reading: what fits on a line stands on one. */
final class Pretty {

  private static final int WIDTH = 110;

  private Pretty() {}

  static String print(JsonNode node) {
    StringBuilder out = new StringBuilder();
    print(node, 0, 0, out);
    return out.append('\n').toString();
  }

  private static void print(JsonNode node, int indent, int used, StringBuilder out) {
    String flat = node.toString();
    if (!node.isContainerNode() || node.isEmpty() || indent + used + flat.length() <= WIDTH) {
      out.append(flat);
      return;
    }
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    out.append(node.isArray() ? '[' : '{');
    for (int i = 0; i < node.size(); i++) {
      out.append(i == 0 ? "\n" : ",\n").append(" ".repeat(indent + 2));
      if (node.isArray()) {
        print(node.get(i), indent + 2, 0, out);
      } else {
        String name = '"' + names.get(i) + "\": ";
        out.append(name);
        print(node.get(names.get(i)), indent + 2, name.length(), out);
      }
    }
    out.append('\n').append(" ".repeat(indent)).append(node.isArray() ? ']' : '}');
  }
}

package io.oomstream.packaged;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/** JSON for readers: what fits on one line stands on one line. */
final class CompactJson {

  private static final int WIDTH = 140;

  private CompactJson() {}

  static String render(JsonNode node) {
    return render(node, "");
  }

  private static String render(JsonNode node, String indent) {
    String flat = node.toString();
    if (!node.isContainerNode() || indent.length() + flat.length() <= WIDTH) {
      return flat;
    }
    String inner = indent + "  ";
    List<String> parts = new ArrayList<>();
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  parts.add(
                      JsonNodeFactory.instance.textNode(field.getKey())
                          + ": "
                          + render(field.getValue(), inner)));
    } else {
      node.forEach(element -> parts.add(render(element, inner)));
    }
    String open = node.isObject() ? "{" : "[";
    String close = node.isObject() ? "}" : "]";
    return open + "\n" + inner + String.join(",\n" + inner, parts) + "\n" + indent + close;
  }
}

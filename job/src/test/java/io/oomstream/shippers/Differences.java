package io.oomstream.shippers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Where two lists of trees differ, in few words: path, wanted, found. */
final class Differences {

  private static final int SHOWN = 160;

  private final List<String> found = new ArrayList<>();

  private Differences() {}

  static List<String> of(List<JsonNode> wanted, List<JsonNode> other) {
    Differences differences = new Differences();
    if (wanted.size() != other.size()) {
      differences.found.add(wanted.size() + " wanted, " + other.size() + " found");
    }
    for (int i = 0; i < Math.min(wanted.size(), other.size()); i++) {
      differences.compare("/" + i, wanted.get(i), other.get(i));
    }
    return differences.found;
  }

  private void compare(String path, JsonNode wanted, JsonNode other) {
    if (wanted.isObject() && other.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      wanted.fieldNames().forEachRemaining(names::add);
      other.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> compare(path + "/" + name, wanted.path(name), other.path(name)));
    } else if (wanted.isArray() && other.isArray() && wanted.size() == other.size()) {
      for (int i = 0; i < wanted.size(); i++) {
        compare(path + "/" + i, wanted.get(i), other.get(i));
      }
    } else if (!wanted.equals(other)) {
      found.add(path + ": " + shown(wanted) + " wanted, " + shown(other) + " found");
    }
  }

  private static String shown(JsonNode node) {
    String text = node.toString();
    return text.isEmpty() ? "nothing" : text.substring(0, Math.min(SHOWN, text.length()));
  }
}

package io.oomstream.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of an event, read by name: whatever is absent, null or of another type is null. */
public record EventNode(JsonNode json) {

  public EventNode at(String name) {
    return new EventNode(json.path(name));
  }

  public boolean isPresent() {
    return json.isObject() && !json.isEmpty();
  }

  /** A text or number, fit to print. */
  public @Nullable String text(String name) {
    JsonNode value = json.path(name);
    return value.isValueNode() && !value.isNull() ? PlainText.of(value.asText()) : null;
  }

  public @Nullable Long number(String name) {
    JsonNode value = json.path(name);
    return value.isIntegralNumber() && value.canConvertToLong()
        ? Long.valueOf(value.longValue())
        : null;
  }

  public @Nullable Boolean flag(String name) {
    JsonNode value = json.path(name);
    return value.isBoolean() ? Boolean.valueOf(value.booleanValue()) : null;
  }

  public List<EventNode> items(String name) {
    List<EventNode> items = new ArrayList<>();
    json.path(name).forEach(item -> items.add(new EventNode(item)));
    return items;
  }

  /** The texts of a list. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : json.path(name)) {
      if (item.isValueNode() && !item.isNull()) {
        texts.add(PlainText.of(item.asText()));
      }
    }
    return texts;
  }

  /** The whole numbers of a map, in its order. */
  public Map<String, Long> numbers(String name) {
    Map<String, Long> numbers = new LinkedHashMap<>();
    EventNode map = at(name);
    map.json
        .fieldNames()
        .forEachRemaining(
            field -> {
              Long number = map.number(field);
              if (number != null) {
                numbers.put(PlainText.of(field), number);
              }
            });
    return numbers;
  }
}

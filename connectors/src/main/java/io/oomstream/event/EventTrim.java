package io.oomstream.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes an event smaller until it fits into a record, and lists in it what was left out. The id,
 * the attributes and the schema don't change. Trimmed first are rows of the task table, which
 * repeat a block's lines. Then come the middle of these lines, quoted log lines of the evidence,
 * ids of related events, and last all long texts and lists.
 */
public final class EventTrim {

  /** The field that lists what was left out. */
  private static final String TRIMMED = "trimmed";

  private static final String LINES = "lines";

  /** Limits of all texts and lists in the last steps: {@code {characters, entries}}. */
  private static final int[][] LAST_RESORT = {{1_024, 256}, {256, 32}, {128, 4}, {128, 1}};

  private final ObjectNode data;
  private final List<String> trimmed = new ArrayList<>();

  private EventTrim(ObjectNode data) {
    this.data = data;
    // What was left out before, for privacy.
    data.path(TRIMMED).forEach(t -> trimmed.add(t.asText()));
  }

  /**
   * The event, trimmed until it fits.
   *
   * @param fits whether a record of this event would be accepted
   * @return null if nothing helps: the data is no JSON object, or the attributes are too large
   */
  public static @Nullable OutgoingEvent toFit(OutgoingEvent event, Predicate<OutgoingEvent> fits) {
    JsonNode json;
    try {
      json = EventJson.parse(event.data());
    } catch (UncheckedIOException e) {
      return null;
    }
    return json instanceof ObjectNode object ? new EventTrim(object).smaller(event, fits) : null;
  }

  private interface Step {
    /** One step smaller; false if there is nothing left to trim. */
    boolean cut();
  }

  private @Nullable OutgoingEvent smaller(OutgoingEvent event, Predicate<OutgoingEvent> fits) {
    for (Map.Entry<String, Step> step : steps()) {
      while (step.getValue().cut()) {
        if (!trimmed.contains(step.getKey())) {
          trimmed.add(step.getKey());
        }
        OutgoingEvent smaller = with(event);
        if (fits.test(smaller)) {
          return smaller;
        }
      }
    }
    return null;
  }

  private List<Map.Entry<String, Step>> steps() {
    List<Map.Entry<String, Step>> steps = new ArrayList<>();
    for (String table : List.of("rows", "byComm")) {
      steps.add(Map.entry("tasks." + table, () -> halve(data.path("tasks").path(table), false)));
    }
    steps.add(Map.entry(LINES, () -> halve(data.path(LINES), true)));
    steps.add(Map.entry("evidence.line", this::cutQuotes));
    steps.add(Map.entry("block.unparsed", () -> remove(data.path("block"), "unparsed")));
    steps.add(Map.entry("relatedEvents", () -> halve(data.path("relatedEvents"), false)));
    for (int[] limits : LAST_RESORT) {
      steps.add(Map.entry("texts", () -> shorten(data, limits[0], limits[1])));
    }
    return steps;
  }

  private OutgoingEvent with(OutgoingEvent event) {
    ArrayNode said = data.putArray(TRIMMED);
    trimmed.forEach(said::add);
    return new OutgoingEvent(
        event.type(),
        event.id(),
        event.key(),
        event.source(),
        event.subject(),
        event.time(),
        EventJson.toBytes(data));
  }

  /** Drops half of the list: its middle or its end. */
  private static boolean halve(JsonNode node, boolean middle) {
    if (!(node instanceof ArrayNode list) || list.isEmpty()) {
      return false;
    }
    int goes = (list.size() + 1) / 2;
    int from = middle ? (list.size() - goes) / 2 : list.size() - goes;
    List<JsonNode> left = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      if (i < from || i >= from + goes) {
        left.add(list.get(i));
      }
    }
    list.removeAll();
    list.addAll(left);
    return true;
  }

  private boolean cutQuotes() {
    boolean isCut = false;
    for (JsonNode list : List.of(data.path("evidence"), data.path("cause").path("evidence"))) {
      for (JsonNode evidence : list) {
        isCut |= remove(evidence, "line");
      }
    }
    return isCut;
  }

  private static boolean remove(JsonNode node, String field) {
    return node instanceof ObjectNode object && object.remove(field) != null;
  }

  private static boolean shorten(JsonNode node, int characters, int entries) {
    boolean isCut = false;
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        if (field.getKey().equals(TRIMMED)) {
          continue;
        }
        if (field.getValue().isTextual() && field.getValue().textValue().length() > characters) {
          field.setValue(cut(field.getValue(), characters));
          isCut = true;
        } else {
          isCut |= shorten(field.getValue(), characters, entries);
        }
      }
    } else if (node instanceof ArrayNode list) {
      while (list.size() > entries) {
        list.remove(list.size() - 1);
        isCut = true;
      }
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i).isTextual() && list.get(i).textValue().length() > characters) {
          list.set(i, cut(list.get(i), characters));
          isCut = true;
        } else {
          isCut |= shorten(list.get(i), characters, entries);
        }
      }
    }
    return isCut;
  }

  /**
   * Cuts to an even length, because raw names are pairs of digits, and not within a surrogate pair.
   */
  private static TextNode cut(JsonNode text, int characters) {
    String whole = text.textValue();
    int end = Character.isHighSurrogate(whole.charAt(characters - 1)) ? characters - 2 : characters;
    return TextNode.valueOf(whole.substring(0, end));
  }
}

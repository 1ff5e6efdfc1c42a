package io.oomstream.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An event that is too large goes all the same, smaller, valid, and says what is not in it. */
public class EventTrimTest {

  /** The least limit that may be set, less what a record adds. */
  private static final int LEAST = 60_000;

  @Test
  void ofABlockOfLinesTheMiddleGoes() {
    ObjectNode data = data(OutgoingEvent.Type.BLOCK);
    ArrayNode lines = data.putArray("lines");
    for (int i = 0; i < 10_000; i++) {
      lines.add("line " + i + " " + "x".repeat(100));
    }

    JsonNode left = trimmed(OutgoingEvent.Type.BLOCK, data, 700_000);

    assertThat(texts(left.path("trimmed"))).containsExactly("tasks.rows", "tasks.byComm", "lines");
    assertThat(left.path("lines").size()).isBetween(4_000, 6_000);
    assertThat(left.path("lines").get(0).textValue()).startsWith("line 0 ");
    assertThat(left.path("lines").get(left.path("lines").size() - 1).textValue())
        .startsWith("line 9999 ");
    assertThat(left.path("block")).isEqualTo(data.path("block"));
  }

  @Test
  void ofABlockTheRowsGoBeforeTheLines() {
    ObjectNode data = data(OutgoingEvent.Type.BLOCK);
    ArrayNode lines = data.putArray("lines");
    for (int i = 0; i < 1_000; i++) {
      lines.add("line " + i);
    }
    repeat(data.path("tasks").path("rows"), 20_000);

    JsonNode left = trimmed(OutgoingEvent.Type.BLOCK, data, 200_000);

    assertThat(texts(left.path("trimmed"))).containsExactly("tasks.rows");
    assertThat(left.path("tasks").path("rows")).isNotEmpty();
    assertThat(left.path("lines")).isEqualTo(data.path("lines"));
    assertThat(left.path("eventId")).isEqualTo(data.path("eventId"));
  }

  @Test
  void ofAKillTheTaskTableGoesBeforeTheEvidence() {
    ObjectNode data = data(OutgoingEvent.Type.KILL);
    repeat(data.path("tasks").path("rows"), 20_000);
    data.withArray("/cause/evidence")
        .addObject()
        .put("fact", "f")
        .put("text", "v")
        .put("line", "l");

    JsonNode left = trimmed(OutgoingEvent.Type.KILL, data, 200_000);

    assertThat(texts(left.path("trimmed"))).containsExactly("tasks.rows");
    assertThat(left.path("tasks").path("rows")).isNotEmpty();
    assertThat(left.path("tasks").path("count")).isEqualTo(data.path("tasks").path("count"));
    assertThat(left.path("cause")).isEqualTo(data.path("cause"));
    assertThat(left.path("victim")).isEqualTo(data.path("victim"));
  }

  @ParameterizedTest
  @EnumSource(OutgoingEvent.Type.class)
  void anyEventFitsAtLast(OutgoingEvent.Type type) {
    ObjectNode data = data(type);
    inflate(data, 0);

    JsonNode left = trimmed(type, data, LEAST);

    assertThat(texts(left.path("trimmed"))).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void whatIsNoEventIsLeftAlone() {
    for (String text : List.of("", "[1,2]", "{\"a\":", "\u0000\u0001")) {
      assertThat(
              EventTrim.toFit(
                  event(OutgoingEvent.Type.KILL, text.getBytes(StandardCharsets.UTF_8)),
                  smaller -> true))
          .isNull();
    }
  }

  /** Every list with a thousand of its first entry, every text that is free with a long one. */
  private static void inflate(JsonNode node, int depth) {
    if (node instanceof ObjectNode object) {
      for (String name : List.of("summary", "line", "detail", "fact", "comm")) {
        if (object.path(name).isTextual()) {
          object.put(name, "\ud83d\ude00".repeat(2_000));
        }
      }
    }
    for (JsonNode child : node) {
      inflate(child, depth + 1);
    }
    if (node instanceof ArrayNode list && !list.isEmpty() && depth < 4) {
      repeat(list, depth == 1 ? 200 : 20);
    }
  }

  private static void repeat(JsonNode list, int times) {
    JsonNode first = list.get(0);
    for (int i = 1; i < times; i++) {
      ((ArrayNode) list).add(first.deepCopy());
    }
  }

  private static JsonNode trimmed(OutgoingEvent.Type type, ObjectNode data, int bytes) {
    byte[] whole = EventJson.toBytes(data);
    assertThat(whole.length).isGreaterThan(bytes);
    SchemaAssert.assertValid(type, whole);
    OutgoingEvent event = event(type, whole);

    OutgoingEvent smaller = EventTrim.toFit(event, e -> e.data().length <= bytes);

    assertThat(smaller).isNotNull();
    Objects.requireNonNull(smaller);
    assertThat(smaller.data().length).isLessThanOrEqualTo(bytes);
    SchemaAssert.assertValid(smaller);
    assertThat(smaller).usingRecursiveComparison().ignoringFields("data").isEqualTo(event);
    return EventJson.parse(smaller.data());
  }

  private static OutgoingEvent event(OutgoingEvent.Type type, byte[] data) {
    return new OutgoingEvent(type, "id", "key", "/s", "subject", Instant.EPOCH, data);
  }

  /** One with all that it may have. */
  public static ObjectNode data(OutgoingEvent.Type type) {
    ObjectNode data =
        (ObjectNode) EventJson.parse(EventJson.toBytes(SchemaAssertTest.sample(type)));
    return data.put("eventId", "id");
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.textValue()));
    return texts;
  }
}

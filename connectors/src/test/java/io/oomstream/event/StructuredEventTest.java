package io.oomstream.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StructuredEventTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void wholeEventInTheOrderOfItsAttributes() {
    OutgoingEvent event =
        new OutgoingEvent(
            OutgoingEvent.Type.KILL,
            "id-1",
            "web-1",
            "/hosts/web-1",
            "pid/5071",
            Instant.parse("2024-05-01T10:11:12.000123Z"),
            bytes("{\"a\":[1,0.10,null],\"b\":\"ä\"}"));

    assertThat(text(event))
        .isEqualTo(
            "{\"specversion\":\"1.0\",\"id\":\"id-1\",\"source\":\"/hosts/web-1\","
                + "\"type\":\"io.oomstream.kill.v1\",\"subject\":\"pid/5071\","
                + "\"time\":\"2024-05-01T10:11:12.000123Z\","
                + "\"datacontenttype\":\"application/json\","
                + "\"dataschema\":\"https://oomstream.io/schema/kill-1.0.json\","
                + "\"data\":{\"a\":[1,0.10,null],\"b\":\"ä\"}}");
  }

  @Test
  void absentAttributesAreLeftOut() throws IOException {
    JsonNode read = JSON.readTree(StructuredEvent.toBytes(event("id", null)));

    List<String> names = new ArrayList<>();
    read.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsExactly(
            "specversion", "id", "source", "type", "datacontenttype", "dataschema", "data");
    assertThat(read.at("/type").textValue()).isEqualTo("io.oomstream.signal.v1");
    assertThat(read.at("/data/x").intValue()).isEqualTo(1);
  }

  @Test
  void oddTextStaysOneLineOfJson() throws IOException {
    String odd = "a\"b\\c\nd\u0000e\ud800f";

    byte[] line = StructuredEvent.toBytes(event("id", odd));

    assertThat(line).doesNotContain('\n');
    assertThat(JSON.readTree(line).get("subject").textValue())
        .isEqualTo(odd.replace('\ud800', '?'));
  }

  private static OutgoingEvent event(String id, @Nullable String subject) {
    return new OutgoingEvent(
        OutgoingEvent.Type.SIGNAL, id, null, "/hosts/web-1", subject, null, bytes("{\"x\":1}"));
  }

  private static String text(OutgoingEvent event) {
    return new String(StructuredEvent.toBytes(event), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

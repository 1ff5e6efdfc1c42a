package io.oomstream.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An event as one line of CloudEvents 1.0 structured JSON, for files and standard output. */
public final class StructuredEvent {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int ATTRIBUTE_CHARS = 512;

  private StructuredEvent() {}

  /** UTF-8 JSON without a line end. The event's data goes in as it is. */
  public static byte[] toBytes(OutgoingEvent event) {
    // Through characters: a byte generator throws at half a surrogate pair.
    StringWriter out = new StringWriter(event.data().length + ATTRIBUTE_CHARS);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("specversion", "1.0");
      json.writeStringField("id", event.id());
      json.writeStringField("source", event.source());
      json.writeStringField("type", event.type().ceType());
      writeIfPresent(json, "subject", event.subject());
      writeIfPresent(json, "time", event.time());
      json.writeStringField("datacontenttype", "application/json");
      json.writeStringField("dataschema", event.type().dataSchema());
      json.writeFieldName("data");
      json.writeRawValue(new String(event.data(), StandardCharsets.UTF_8));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void writeIfPresent(JsonGenerator json, String name, @Nullable Object value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value.toString());
    }
  }
}

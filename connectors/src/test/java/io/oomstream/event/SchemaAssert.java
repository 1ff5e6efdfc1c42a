package io.oomstream.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.DisallowSchemaLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds an event's data against its published schema. Nothing is fetched over the network. */
public final class SchemaAssert {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonSchemaFactory SCHEMAS = published();
  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder()
          .pathType(PathType.JSON_POINTER)
          .formatAssertionsEnabled(true)
          .build();

  private SchemaAssert() {}

  /** Fails, with every violation, unless the event's data is valid and holds the event's own id. */
  public static void assertValid(OutgoingEvent event) {
    assertValid(event.type(), event.data());
    String own = EventJson.parse(event.data()).path("eventId").asText();
    if (!own.equals(event.id())) {
      throw new AssertionError("eventId " + own + " of the event " + event.id());
    }
  }

  /** Fails, with every violation, unless the UTF-8 JSON is valid data of that type. */
  public static void assertValid(OutgoingEvent.Type type, byte[] data) {
    try {
      assertValid(type, MAPPER.readTree(data));
    } catch (IOException e) {
      throw new AssertionError("data of " + type + " is not JSON", e);
    }
  }

  /** Fails, with every violation, unless the tree is valid data of that type. */
  public static void assertValid(OutgoingEvent.Type type, JsonNode data) {
    List<String> violations = violations(type, data);
    if (!violations.isEmpty()) {
      throw new AssertionError(
          type.dataSchema() + " is violated:\n" + String.join("\n", violations) + "\nby " + data);
    }
  }

  /** Every violation of the type's schema, each with the JSON pointer of its place. */
  public static List<String> violations(OutgoingEvent.Type type, JsonNode data) {
    List<String> violations = new ArrayList<>();
    JsonSchema schema = SCHEMAS.getSchema(SchemaLocation.of(type.dataSchema()), CONFIG);
    for (ValidationMessage message : schema.validate(data)) {
      violations.add(message.getMessage());
    }
    return violations;
  }

  private static JsonSchemaFactory published() {
    Map<String, String> texts =
        Map.of(
            "https://oomstream.io/schema/common-1.0.json",
            text("/schema/common-1.0.json"),
            OutgoingEvent.Type.KILL.dataSchema(),
            text(OutgoingEvent.Type.KILL.schemaResource()),
            OutgoingEvent.Type.SIGNAL.dataSchema(),
            text(OutgoingEvent.Type.SIGNAL.schemaResource()),
            OutgoingEvent.Type.BLOCK.dataSchema(),
            text(OutgoingEvent.Type.BLOCK.schemaResource()));
    return JsonSchemaFactory.getInstance(
        SpecVersion.VersionFlag.V202012,
        builder ->
            builder.schemaLoaders(
                loaders -> loaders.schemas(texts).add(DisallowSchemaLoader.getInstance())));
  }

  private static String text(String resource) {
    try (InputStream in = SchemaAssert.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new AssertionError("no " + resource + " on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

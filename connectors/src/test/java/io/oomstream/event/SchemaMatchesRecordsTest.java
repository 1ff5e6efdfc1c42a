package io.oomstream.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.oomstream.event.rule.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Walks the records beside the schema, so that neither can change without the other. */
class SchemaMatchesRecordsTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String COMMON = "common-1.0.json";

  private final Map<String, JsonNode> files = new TreeMap<>();
  private final Set<String> seen = new HashSet<>();

  /** A schema and the file that its local references point into. */
  private record Node(String file, JsonNode json) {
    Node at(String field) {
      return new Node(file, json.path(field));
    }
  }

  @Test
  void killEvent() throws IOException {
    checkEvent(OutgoingEvent.Type.KILL, KillEvent.class, KillEvent.SCHEMA_VERSION);
  }

  @Test
  void anomalySignal() throws IOException {
    checkEvent(OutgoingEvent.Type.SIGNAL, AnomalySignal.class, AnomalySignal.SCHEMA_VERSION);
  }

  @Test
  void memoryBlock() throws IOException {
    checkEvent(OutgoingEvent.Type.BLOCK, MemoryBlock.class, MemoryBlock.SCHEMA_VERSION);
  }

  @Test
  void rule() throws IOException {
    checkRecord(new Node("rule-1.0.json", file("rule-1.0.json")), Rule.class, "Rule");
  }

  @Test
  void everyDefinitionIsUsed() throws IOException {
    rule();
    killEvent();
    anomalySignal();
    memoryBlock();
    Set<String> defined = new HashSet<>();
    for (Map.Entry<String, JsonNode> file : files.entrySet()) {
      file.getValue()
          .path("$defs")
          .fieldNames()
          .forEachRemaining(n -> defined.add(file.getKey() + "#/$defs/" + n));
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(defined);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kill-1.0.json",
        "signal-1.0.json",
        "block-1.0.json",
        "rule-1.0.json",
        "workload-1.0.json",
        COMMON
      })
  void isAValidSchemaUnderItsOwnId(String name) throws IOException {
    JsonNode schema = file(name);

    assertThat(schema.path("$id").textValue()).isEqualTo("https://oomstream.io/schema/" + name);
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of(SchemaId.V202012))
                .validate(schema))
        .isEmpty();
  }

  private void checkEvent(OutgoingEvent.Type type, Class<?> record, String version)
      throws IOException {
    String name = type.dataSchema().substring(type.dataSchema().lastIndexOf('/') + 1);
    JsonNode schema = file(name);
    assertThat(type.schemaResource()).isEqualTo("/schema/" + name);
    assertThat(schema.path("$id").textValue()).isEqualTo(type.dataSchema());
    assertThat(schema.at("/properties/schemaVersion/const").textValue()).isEqualTo(version);
    checkRecord(new Node(name, schema), record, record.getSimpleName());
  }

  private void checkRecord(Node schema, Class<?> record, String path) throws IOException {
    List<String> names = new ArrayList<>();
    List<String> required = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      names.add(component.getName());
      if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        required.add(component.getName());
      }
    }
    JsonNode json = schema.json();
    assertThat(json.path("type").asText()).as(path).isEqualTo("object");
    assertThat(json.path("additionalProperties"))
        .as("%s refuses unknown fields", path)
        .isEqualTo(MAPPER.getNodeFactory().booleanNode(false));
    assertThat(keys(json.path("properties"))).as("fields of %s, in order", path).isEqualTo(names);
    assertThat(texts(json.path("required"))).as("required of %s", path).isEqualTo(required);
    for (RecordComponent component : record.getRecordComponents()) {
      String field = path + "." + component.getName();
      Node property = schema.at("properties").at(component.getName());
      String description = property.json().path("description").asText();
      assertThat(description).as("description of %s", field).isNotBlank();
      if (component.getName().contains("Bytes")) {
        String said = description + resolve(property).json().path("description").asText();
        assertThat(said).as("unit of %s", field).containsAnyOf("bytes", "Bytes", "Watermark");
      }
      checkType(property, component.getGenericType(), field);
    }
  }

  private void checkType(Node property, Type type, String path) throws IOException {
    Node schema = resolve(property);
    String jsonType = schema.json().path("type").asText();
    if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      assertThat(jsonType).as(path).isEqualTo("array");
      checkType(schema.at("items"), generic.getActualTypeArguments()[0], path + "[]");
    } else if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
      assertThat(jsonType).as(path).isEqualTo("object");
      assertThat(schema.json().has("properties")).as("%s is an open map", path).isFalse();
      checkType(
          schema.at("additionalProperties"), generic.getActualTypeArguments()[1], path + "{}");
    } else if (type instanceof Class<?> c && c.isRecord()) {
      checkRecord(schema, c, path);
    } else if (type instanceof Class<?> c && c.isEnum()) {
      assertThat(texts(schema.json().path("enum")))
          .as("constants of %s, in order", path)
          .isEqualTo(Arrays.stream(c.getEnumConstants()).map(Object::toString).toList());
    } else if (!path.endsWith(".schemaVersion")) {
      assertThat(jsonType).as(path).isEqualTo(scalar(type));
      if (type == Instant.class) {
        assertThat(schema.json().path("format").asText()).as(path).isEqualTo("date-time");
      }
    }
  }

  private static String scalar(Type type) {
    if (type == long.class || type == Long.class || type == int.class || type == Integer.class) {
      return "integer";
    } else if (type == boolean.class || type == Boolean.class) {
      return "boolean";
    } else if (type == double.class || type == Double.class || type == Number.class) {
      return "number";
    } else if (type == String.class || type == Instant.class) {
      return "string";
    }
    throw new AssertionError("no JSON type is agreed for " + type);
  }

  private Node resolve(Node schema) throws IOException {
    String ref = schema.json().path("$ref").asText();
    if (ref.isEmpty()) {
      return schema;
    }
    int hash = ref.indexOf('#');
    String file = hash == 0 ? schema.file() : ref.substring(0, hash);
    JsonNode target = file(file).at(ref.substring(hash + 1));
    assertThat(target.isObject()).as("%s of %s exists", ref, schema.file()).isTrue();
    seen.add(file + ref.substring(hash));
    return resolve(new Node(file, target));
  }

  private JsonNode file(String name) throws IOException {
    JsonNode known = files.get(name);
    if (known != null) {
      return known;
    }
    try (InputStream in = getClass().getResourceAsStream("/schema/" + name)) {
      JsonNode read = MAPPER.readTree(in);
      files.put(name, read);
      return read;
    }
  }

  private static List<String> keys(JsonNode object) {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(t -> texts.add(t.textValue()));
    return texts;
  }
}

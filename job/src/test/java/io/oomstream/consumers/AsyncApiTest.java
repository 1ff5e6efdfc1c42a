package io.oomstream.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.config.OomOptions;
import io.oomstream.config.OptionTable;
import io.oomstream.event.OutgoingEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The published document is what the code gives, and every reference in it leads somewhere. */
class AsyncApiTest {
  private static final Path FILE = Path.of("..", "deploy", "consumers", "asyncapi.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theFileIsUpToDate() throws IOException {
    ObjectNode document = AsyncApi.document();
    if (Boolean.getBoolean("oomstream.write-asyncapi")) {
      String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
      Files.writeString(FILE, text + "\n", StandardCharsets.UTF_8);
    }

    assertThat(JSON.readTree(FILE.toFile()))
        .as("write it with -Dtest=AsyncApiTest -Doomstream.write-asyncapi=true")
        .isEqualTo(document);
  }

  @Test
  void everyTopicOfTheOptionsIsAChannelWithAnOperation() throws IOException {
    JsonNode document = JSON.readTree(FILE.toFile());
    List<String> addresses = new ArrayList<>();
    document.path("channels").forEach(c -> addresses.add(c.path("address").asText()));

    assertThat(addresses)
        .containsExactlyInAnyOrder(
            OomOptions.INPUT_TOPICS.defaultValue().get(0),
            OomOptions.SNAPSHOT_TOPICS.defaultValue().get(0),
            AsyncApi.RULES,
            OomOptions.KILLS_TOPIC.defaultValue(),
            OomOptions.SIGNALS_TOPIC.defaultValue(),
            OomOptions.BLOCKS_TOPIC.defaultValue(),
            OomOptions.DEAD_LETTERS_TOPIC.defaultValue());
    assertThat(OptionTable.all().stream().filter(o -> o.key().matches(".*topics?")))
        .as("every option that names a topic has its channel")
        .hasSize(addresses.size());
    assertThat(document.path("operations")).hasSize(addresses.size());
    assertThat(document.path("operations"))
        .allSatisfy(o -> assertThat(o.path("action").asText()).isIn("send", "receive"));
    assertThat(document.at("/components/messages")).hasSize(addresses.size());
  }

  @Test
  void everyReferenceLeadsSomewhere() throws IOException {
    JsonNode document = JSON.readTree(FILE.toFile());
    List<String> references = document.findValuesAsText("$ref");

    assertThat(references).hasSizeGreaterThanOrEqualTo(3 * OutgoingEvent.Type.values().length);
    for (String reference : references) {
      if (reference.startsWith("#")) {
        assertThat(document.at(reference.substring(1)).isObject()).as(reference).isTrue();
      } else {
        JsonNode schema = JSON.readTree(FILE.resolveSibling(reference).normalize().toFile());
        assertThat(schema.path("$id").asText())
            .as(reference)
            .endsWith(Path.of(reference).getFileName().toString());
      }
    }
  }

  @Test
  void aMessageHasTheTypeAndTheSchemaOfItsEvents() throws IOException {
    JsonNode messages = JSON.readTree(FILE.toFile()).at("/components/messages");
    for (Map.Entry<String, JsonNode> message : messages.properties()) {
      JsonNode headers = message.getValue().at("/headers/properties");
      if (headers.has("ce_type")) {
        OutgoingEvent.Type type =
            OutgoingEvent.Type.valueOf(message.getKey().toUpperCase(java.util.Locale.ROOT));
        assertThat(headers.at("/ce_type/const").asText()).isEqualTo(type.ceType());
        assertThat(headers.at("/ce_dataschema/const").asText()).isEqualTo(type.dataSchema());
      }
    }
  }
}

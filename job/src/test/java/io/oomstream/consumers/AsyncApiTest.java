package io.oomstream.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.oomstream.config.OomOptions;
import io.oomstream.config.OptionTable;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.golden.GoldenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published document is what the code gives, and every reference in it leads somewhere. */
class AsyncApiTest {
  private static final Path FILE = Path.of("..", "deploy", "consumers", "asyncapi.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theFileIsUpToDate() throws IOException {
    String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(AsyncApi.document());
    new GoldenFile(FILE).mustBe(text + "\n");
  }

  @Test
  void itIsAnAsyncApiDocument() throws IOException {
    assertThat(AsyncApiShape.violations(JSON.readTree(FILE.toFile()), FILE.getParent())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|asyncapi|\"2.6.0\"|is not 3.0.0",
        "''|channel|{}|unknown field channel",
        "/info|version|null|/info lacks version",
        "/channels/kill|adress|\"x\"|unknown field adress",
        "/channels/kill|address|null|lacks address",
        "/channels/kill/messages/kill|$ref|\"#/components/messages/kills\"|leads to nothing",
        "/operations/send-kill|action|\"publish\"|neither send nor receive",
        "/operations/send-kill/channel|$ref|\"#/channels/kills\"|leads to nothing",
        "/operations/send-kill/messages/0|$ref|\"#/components/messages/kill\"|is no reference into #/channels/kill",
        "/components/messages/kill|payload|null|lacks payload",
        "/components/messages/kill|bindings|null|lacks bindings",
        "/components/messages/kill|bindings|{\"kafka\": {\"keys\": {}}}|unknown field keys",
        "/components/messages/kill|contenttype|\"x\"|unknown field contenttype",
        "/components/messages/kill/payload|schemaFormat|null|lacks schemaFormat",
        "/components/messages/kill/payload/schema|$ref|\"kill-2.0.json\"|leads to nothing",
        "/components/messages/kill|examples|[]|has no example",
        "/components/messages/kill/examples/0/headers|ce_id|7|/examples/headers",
        "/components/messages/kill/examples/0/headers|ce_type|\"kill\"|/examples/headers",
        "/components/messages/rule/examples/0/payload|version|\"one\"|/examples/payload",
        "/components/messages/snapshot/examples/0/payload|files|null|/examples/payload",
      })
  void aBreakageIsFound(String at, String field, String json, String said) throws IOException {
    JsonNode broken = AsyncApiShape.with(JSON.readTree(FILE.toFile()), at, field, json);
    assertThat(AsyncApiShape.violations(broken, FILE.getParent()))
        .anySatisfy(v -> assertThat(v).contains(said));
  }

  /** With the specification's schema at hand, such as that of the npm package @asyncapi/specs. */
  @Test
  @EnabledIfSystemProperty(named = "oomstream.asyncapi-schema", matches = ".+")
  void theSpecificationsSchemaAgrees() throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
            .getSchema(Files.readString(Path.of(System.getProperty("oomstream.asyncapi-schema"))));
    assertThat(schema.validate(JSON.readTree(FILE.toFile()))).isEmpty();
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
            AsyncApi.WORKLOADS,
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

package io.oomstream.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oomstream.event.OutgoingEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each field that docs/consume/mapping.md names is one of its schema. */
class MappingPageTest {

  private static final Pattern FIELD = Pattern.compile("`((?:kill|signal|block)\\.[A-Za-z.]+)`");

  private static List<String> fields() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "consume", "mapping.md"));
    List<String> fields = new ArrayList<>();
    for (String row : page.lines().filter(l -> l.startsWith("| `")).toList()) {
      Matcher field = FIELD.matcher(row.substring(0, row.indexOf('|', 1)));
      while (field.find()) {
        fields.add(field.group(1));
      }
    }
    return fields;
  }

  @Test
  void everyFieldIsInTheSchema() throws IOException {
    List<String> fields = fields();
    assertThat(fields).hasSizeGreaterThan(25).doesNotHaveDuplicates();
    for (String field : fields) {
      String[] names = field.split("\\.");
      OutgoingEvent.Type type = OutgoingEvent.Type.valueOf(names[0].toUpperCase(Locale.ROOT));
      String file = type.schemaResource();
      JsonNode schema = schema(file);
      for (int i = 1; i < names.length; i++) {
        JsonNode property = schema.path("properties").path(names[i]);
        assertThat(property.isObject()).as("%s at %s", field, names[i]).isTrue();
        String reference = property.path("$ref").asText();
        int hash = reference.indexOf('#');
        if (hash > 0) {
          file = "/schema/" + reference.substring(0, hash);
        }
        schema = hash < 0 ? property : schema(file).at(reference.substring(hash + 1));
      }
    }
  }

  private static JsonNode schema(String resource) throws IOException {
    try (InputStream in = OutgoingEvent.class.getResourceAsStream(resource)) {
      return new ObjectMapper().readTree(in);
    }
  }
}

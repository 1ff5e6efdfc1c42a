package io.oomstream.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bridge's mappings, run by jq itself: the queries are taken out of Bento's configuration with
 * the environment filled in as Bento does.
 */
record Bento(JsonNode config, Map<String, String> environment) {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::([^}]*))?}");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUERY = "/processors/0/jq/query";

  static Bento with(Map<String, String> environment) throws IOException {
    Path file = Manifests.DEPLOY.resolve("bridge/bento.yaml");
    return new Bento(Manifests.read(file).get(0), environment);
  }

  /** Whether this machine has the program. */
  static boolean canRun() throws Exception {
    Path out = Files.createTempFile("jq", ".out");
    try {
      return Tools.run(out, "jq", "--version");
    } finally {
      Files.delete(out);
    }
  }

  String finding() {
    return filled(config.at("/pipeline" + QUERY).asText());
  }

  String alertmanager() {
    return filled(config.at("/output/broker/outputs/0" + QUERY).asText());
  }

  String pagerDuty() {
    return filled(config.at("/output/broker/outputs/1" + QUERY).asText());
  }

  private String filled(String query) {
    Matcher variable = VARIABLE.matcher(query);
    return variable.replaceAll(
        v ->
            Matcher.quoteReplacement(
                environment.getOrDefault(v.group(1), Objects.requireNonNullElse(v.group(2), ""))));
  }

  /** What the query makes of the document. */
  static JsonNode jq(String query, JsonNode document) throws Exception {
    Path folder = Files.createTempDirectory("jq");
    Path in = Files.write(folder.resolve("in"), JSON.writeValueAsBytes(document));
    Path program = Files.writeString(folder.resolve("query"), query);
    Path out = folder.resolve("out");
    if (!Tools.run(out, "jq", "-c", "-f", program.toString(), in.toString())) {
      throw new AssertionError("no jq");
    }
    JsonNode made = JSON.readTree(Files.readString(out, StandardCharsets.UTF_8));
    for (Path file : new Path[] {in, program, out, folder}) {
      Files.delete(file);
    }
    return made;
  }
}

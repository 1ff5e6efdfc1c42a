package io.oomstream.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;

/**
 * The fields of events that a store's files take over, by their paths, and what each of them must
 * be in JSON: string, time, integer, number, boolean or array.
 */
final class ConsumerFields {

  static final Path CONSUMERS = DocPage.ROOT.resolve("deploy/consumers");

  private static final Pattern VIEW =
      Pattern.compile("(?s)MATERIALIZED VIEW[^;]*? TO oomstream\\.(\\w+) AS\nSELECT\n(.*?);");
  private static final Pattern FED =
      Pattern.compile(
          "(?m)^  (parseDateTime64BestEffortOrNull\\()?JSONExtract(?:String)?\\(event((?:, '\\w+')+?)"
              + "(?:, '((?:Nullable\\()\\w+\\))')?\\)(?:, 6, 'UTC'\\))? AS (\\w+),$");
  private static final Pattern TABLE =
      Pattern.compile(
          "(?s)CREATE TABLE (?:IF NOT EXISTS )?(?:oomstream\\.)?(\\w+) \\(\n(.*?)\n\\)");

  private static final Map<String, String> CLICKHOUSE =
      Map.of("String", "string", "Int64", "integer", "Float64", "number", "Bool", "boolean");

  private static final Map<String, String> ELASTIC =
      Map.of(
          "keyword", "string", "text", "string", "date", "time", "long", "integer", "double",
          "number", "boolean", "boolean");

  private ConsumerFields() {}

  static String read(String file) throws IOException {
    return Files.readString(CONSUMERS.resolve(file));
  }

  /** What the feed of a table takes out of an event: its column, path and type. */
  record Column(String name, String path, String type) {}

  /** The columns that ClickHouse's feed fills, in order. */
  static List<Column> clickHouseFeed(String sql, String table) {
    return FED.matcher(body(VIEW, sql, table))
        .results()
        .map(
            f ->
                new Column(
                    f.group(4),
                    f.group(2).replace("'", "").replaceFirst("^, ", "").replace(", ", "."),
                    f.group(1) != null
                        ? "time"
                        : f.group(3) == null
                            ? "string"
                            : CLICKHOUSE.getOrDefault(inner(f.group(3)), f.group(3))))
        .toList();
  }

  /** The lines of a table or of a feed, without the one that keeps the whole event. */
  static List<String> lines(String sql, String table, boolean feed) {
    return body(feed ? VIEW : TABLE, sql, table)
        .lines()
        .takeWhile(l -> !l.startsWith("FROM "))
        .filter(l -> !l.strip().startsWith("event ") && !l.strip().equals("event"))
        .toList();
  }

  /** A column's type in ClickHouse, as that of JSON. */
  static String clickHouseType(String declared) {
    String type = declared.replaceFirst("^LowCardinality\\((.*)\\)$", "$1");
    return type.contains("DateTime64") ? "time" : CLICKHOUSE.getOrDefault(inner(type), type);
  }

  private static String inner(String type) {
    return type.replaceFirst("^Nullable\\((.*)\\)$", "$1");
  }

  /** What a table of Flink SQL has; the types are read by Flink's own parser. */
  static Map<String, String> flink(String sql, String table) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher column = Pattern.compile("(?m)^  `(\\w+)` (.*?),?$").matcher(body(TABLE, sql, table));
    while (column.find()) {
      String declared = column.group(2);
      if (!declared.startsWith("AS ") && !declared.contains(" METADATA ")) {
        flink(
            column.group(1),
            LogicalTypeParser.parse(declared, ConsumerFields.class.getClassLoader()),
            fields);
      }
    }
    return fields;
  }

  private static void flink(String path, LogicalType type, Map<String, String> fields) {
    if (type instanceof RowType row) {
      row.getFields().forEach(f -> flink(path + "." + f.getName(), f.getType(), fields));
      return;
    }
    fields.put(
        path,
        switch (type.getTypeRoot()) {
          case VARCHAR -> "string";
          case BIGINT -> "integer";
          case DOUBLE -> "number";
          case BOOLEAN -> "boolean";
          case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "time";
          default -> type.asSummaryString();
        });
  }

  /** What an index template maps. */
  static Map<String, String> elastic(JsonNode template) {
    Map<String, String> fields = new LinkedHashMap<>();
    elastic("", template.at("/template/mappings/properties"), fields);
    return fields;
  }

  private static void elastic(String path, JsonNode properties, Map<String, String> fields) {
    for (Map.Entry<String, JsonNode> field : properties.properties()) {
      String name = path + field.getKey();
      if (field.getValue().has("properties")) {
        elastic(name + ".", field.getValue().path("properties"), fields);
      } else {
        String type = field.getValue().path("type").asText();
        fields.put(name, ELASTIC.getOrDefault(type, type));
      }
    }
  }

  private static String body(Pattern pattern, String sql, String table) {
    return pattern
        .matcher(sql)
        .results()
        .filter(m -> m.group(1).equals(table))
        .map((MatchResult m) -> m.group(2))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + table));
  }
}

package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.deploy.ConsumerFields.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the files for ClickHouse, Elasticsearch and Flink SQL name is in the events. */
class ConsumersTest {

  /**
   * What no single block has: the catalogue of workloads, episodes, samples over time, a shipper.
   */
  private static final Pattern NOT_IN_REPORTS =
      Pattern.compile(
          "(workload\\.(kubernetes\\..*|groupKey|namesStatus)|episode\\..*|forecast\\..*|window\\..*"
              + "|host\\.(name|bootId)|time|workload|block\\..*|memcg\\..*|cause\\.summary|summary"
              + "|userspaceKill\\..*|threshold|host\\.kernelRelease|relatedEvents)");

  private static String schema(String table) {
    return table.substring(0, table.length() - 1);
  }

  private static Map<String, String> fields(String store, String table) throws IOException {
    return switch (store) {
      case "clickhouse" ->
          ConsumerFields.clickHouseFeed(ConsumerFields.read("clickhouse/tables.sql"), table)
              .stream()
              .collect(
                  Collectors.toMap(Column::path, Column::type, (a, b) -> a, LinkedHashMap::new));
      case "flink-sql" -> ConsumerFields.flink(ConsumerFields.read("flink-sql/tables.sql"), table);
      default ->
          ConsumerFields.elastic(
              Manifests.YAML.readTree(ConsumerFields.read("elasticsearch/" + table + ".json")));
    };
  }

  @ParameterizedTest
  @CsvSource({
    "clickhouse,kills",
    "clickhouse,signals",
    "elasticsearch,kills",
    "elasticsearch,signals",
    "flink-sql,kills",
    "flink-sql,signals",
  })
  void everyFieldIsOfTheSchemaAndOfItsType(String store, String table) throws Exception {
    Map<String, String> fields = fields(store, table);
    assertThat(fields).hasSizeGreaterThan(28);
    assertThat(violations(fields, schema(table))).isEmpty();
  }

  /** Real reports hold these fields, with values of these types. */
  @ParameterizedTest
  @CsvSource({
    "clickhouse,kills",
    "clickhouse,signals",
    "elasticsearch,kills",
    "elasticsearch,signals",
    "flink-sql,kills",
    "flink-sql,signals",
  })
  void goldenEventsFillThem(String store, String table) throws Exception {
    Map<String, String> fields = fields(store, table);
    Set<String> unfilled = new TreeSet<>(fields.keySet());
    int values = 0;
    for (JsonNode event : golden(table)) {
      for (Map.Entry<String, String> field : fields.entrySet()) {
        JsonNode value = event.at("/" + field.getKey().replace('.', '/'));
        if (!value.isMissingNode()) {
          values++;
          unfilled.remove(field.getKey());
          assertThat(is(value, field.getValue())).as(field + " of " + value).isTrue();
        }
      }
    }
    assertThat(values).isGreaterThan(400);
    assertThat(unfilled).allMatch(f -> NOT_IN_REPORTS.matcher(f).matches());
  }

  @ParameterizedTest
  @CsvSource({"kills", "signals"})
  void clickHousesFeedFillsEachColumnOfItsTable(String table) throws Exception {
    String sql = ConsumerFields.read("clickhouse/tables.sql");
    List<Column> feed = ConsumerFields.clickHouseFeed(sql, table);
    assertThat(feed).hasSameSizeAs(ConsumerFields.lines(sql, table, true));
    List<String> columns = ConsumerFields.lines(sql, table, false);
    assertThat(columns).hasSameSizeAs(feed);
    for (int i = 0; i < columns.size(); i++) {
      String[] declared = columns.get(i).strip().replaceFirst(",$", "").split(" ", 2);
      assertThat(declared[0]).isEqualTo(feed.get(i).name());
      assertThat(ConsumerFields.clickHouseType(declared[1]))
          .as(declared[0])
          .isEqualTo(feed.get(i).type());
    }
    assertThat(sql).contains("kafka_topic_list = 'kernel.oom." + table + "'");
  }

  @Test
  void everyColumnOfClickHousesDashboardExists() throws Exception {
    Set<String> columns = columns();
    List<String> queries = new ArrayList<>();
    JsonNode dashboard = Manifests.YAML.readTree(ConsumerFields.read("clickhouse/dashboard.json"));
    queries.addAll(dashboard.findValuesAsText("rawSql"));
    queries.add(dashboard.at("/templating/list/1/query").asText());
    assertThat(queries).hasSizeGreaterThan(8);
    assertThat(queries).allSatisfy(q -> assertThat(unknown(q, columns)).as(q).isEmpty());
    assertThat(unknown("SELECT victm FROM oomstream.kills WHERE pid > 1", columns))
        .containsExactly("victm");
  }

  @Test
  void everyFieldOfFlinksQueriesExists() throws Exception {
    String tables = ConsumerFields.read("flink-sql/tables.sql");
    Set<String> known = new TreeSet<>(Set.of("window_start", "window_end", "rowtime", "copy"));
    for (String table : List.of("kills", "signals")) {
      for (String path : ConsumerFields.flink(tables, table).keySet()) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('.', end - 1)) {
          known.add(path.substring(0, end));
        }
      }
    }
    String queries = ConsumerFields.read("flink-sql/queries.sql");
    Pattern aliases = Pattern.compile("AS `(\\w+)`");
    aliases.matcher(queries).results().forEach(a -> known.add(a.group(1)));
    List<String> paths =
        Pattern.compile("`\\w+`(?:\\.`\\w+`)*")
            .matcher(queries)
            .results()
            .map(m -> m.group().replace("`", ""))
            .toList();
    assertThat(paths).hasSizeGreaterThan(30).isSubsetOf(known);
  }

  /** A field, the type that a store gives it, what is said of it. */
  @ParameterizedTest
  @CsvSource({
    "victim.name,string,no event has victim.name",
    "victim.pid,string,victim.pid is not string",
    "host,string,host is not string",
    "victim.comm,integer,victim.comm is not integer",
    "block.complete,number,block.complete is not number",
    "cause.summary,time,cause.summary is not time",
  })
  void aWrongFieldIsFound(String path, String type, String said) throws Exception {
    assertThat(violations(Map.of(path, type), "kill")).containsExactly(said);
  }

  /** Where the machine has ClickHouse: it makes the tables, and keeps each golden event once. */
  @Test
  void clickHouseTakesTheEvents() throws Exception {
    StringBuilder sql = new StringBuilder(ConsumerFields.read("clickhouse/tables.sql"));
    String made =
        sql.toString()
            .replaceAll("(_topic \\(event String\\)) ENGINE = Kafka[^;]*;", "$1 ENGINE = Null;");
    assertThat(made).doesNotContain("ENGINE = Kafka");
    sql = new StringBuilder(made);
    int kills = 0;
    for (int time = 0; time < 2; time++) {
      for (JsonNode event : golden("kills")) {
        String text = event.toString().replace("\\", "\\\\").replace("'", "\\'");
        sql.append("INSERT INTO oomstream.kills_topic VALUES ('").append(text).append("');\n");
        kills++;
      }
    }
    sql.append("SELECT count(), countIf(victim IS NULL) FROM oomstream.kills FINAL;\n");
    Path folder = Files.createTempDirectory("clickhouse");
    Path queries = Files.writeString(folder.resolve("queries.sql"), sql.toString());
    Path out = folder.resolve("out");
    if (Tools.run(
        out, "clickhouse", "local", "--path", folder.toString(), "--queries-file", "" + queries)) {
      assertThat(Files.readString(out).strip()).isEqualTo(kills / 2 + "\t0");
    }
  }

  private static List<String> violations(Map<String, String> fields, String schema)
      throws IOException {
    EventFields known = EventFields.of(schema);
    List<String> found = new ArrayList<>();
    fields.forEach(
        (path, type) -> {
          if (!known.has(path)) {
            found.add("no event has " + path);
          } else if (!fits(path, type, known.typesOf(path))) {
            found.add(path + " is not " + type);
          }
        });
    return found;
  }

  private static boolean fits(String path, String type, Set<String> types) {
    return switch (type) {
      case "time" ->
          types.contains("string")
              && path.matches("(.*\\.)?(time|at|earliest|latest|start|end|openedAt|closedAt)");
      // A list of strings is a keyword with several values.
      case "string" -> types.contains("string") || types.contains("array");
      default -> types.contains(type);
    };
  }

  private static boolean is(JsonNode value, String type) {
    return switch (type) {
      case "string" -> value.isTextual() || value.isArray();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      default -> isInstant(value.asText());
    };
  }

  private static boolean isInstant(String text) {
    try {
      return Instant.parse(text) != null;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /** The columns of ClickHouse's tables and views. */
  private static Set<String> columns() throws IOException {
    String sql = ConsumerFields.read("clickhouse/tables.sql");
    Set<String> columns = new TreeSet<>(Set.of("oomstream", "kills", "signals", "episodes"));
    columns.add("forecasts");
    for (String table : List.of("kills", "signals")) {
      ConsumerFields.clickHouseFeed(sql, table).forEach(c -> columns.add(c.name()));
    }
    return columns;
  }

  private static List<String> unknown(String query, Set<String> columns) {
    Set<String> known = new TreeSet<>(columns);
    Pattern.compile(" AS (\\w+)").matcher(query).results().forEach(a -> known.add(a.group(1)));
    String bare = query.replaceAll("'[^']*'|\\$\\{[^}]*}|\\$?\\b\\w+\\(", " ");
    return Pattern.compile("\\b[a-z][a-z_]*\\b")
        .matcher(bare)
        .results()
        .map(m -> m.group())
        .filter(w -> !known.contains(w))
        .distinct()
        .toList();
  }

  private static List<JsonNode> golden(String table) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/reports"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        Manifests.YAML.readTree(file.toFile()).path(table).forEach(events::add);
      }
    }
    return events;
  }
}

package io.oomstream.cli.input.store;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.oomstream.format.EnvelopeDecoder;
import io.oomstream.format.file.FileUnit;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.RawRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Objects as log stores export them: one for a line, or one that holds them all. The line, its host
 * and its time are found by their paths; a record of a shipper that lies within is read as such.
 */
public final class StoreDocument {

  /** Under which paths the records of an answer lie. */
  private static final List<JsonPointer> CONTAINERS =
      List.of(
          JsonPointer.compile("/hits/hits"),
          JsonPointer.compile("/rawResponse/hits/hits"),
          JsonPointer.compile("/events"),
          JsonPointer.compile("/items"),
          JsonPointer.compile("/entries"),
          JsonPointer.compile("/logs"),
          JsonPointer.compile("/results"),
          JsonPointer.compile("/messages"),
          JsonPointer.compile("/data"),
          JsonPointer.compile("/value"));

  /** What holds a record of a shipper, or the fields of one. */
  private static final List<String> INNER = List.of("_source", "jsonPayload", "result", "fields");

  private final JsonMapper mapper = new JsonMapper();
  private final EnvelopeDecoder decoder;
  private final ZoneId zone;

  public StoreDocument(ZoneId zone) {
    this.zone = zone;
    decoder = new EnvelopeDecoder(Envelope.AUTO, 1 << 20, zone);
  }

  /** Whether the bytes are a record that an envelope fits. */
  boolean isRecord(byte[] bytes) {
    boolean[] any = new boolean[1];
    boolean read =
        decoder.decode(new RawRecord("", 0, 0, 0, null, bytes, Map.of()), line -> any[0] = true)
            == null;
    return read && any[0];
  }

  /** Whether a line that the record's envelope gives is the kernel's. */
  boolean hasKernelLine(byte[] bytes, FoundLines lines) {
    boolean[] any = new boolean[1];
    decoder.decode(
        new RawRecord("", 0, 0, 0, null, bytes, Map.of()),
        line -> {
          String text =
              new String(
                  line.bytes(),
                  line.start(),
                  line.end() - line.start(),
                  StandardCharsets.ISO_8859_1);
          any[0] |= text.lines().anyMatch(lines::isStrong);
        });
    return any[0];
  }

  /** The object; null if it is none. */
  @Nullable JsonNode tree(FileUnit unit) {
    try {
      return mapper.readTree(unit.bytes());
    } catch (IOException e) {
      return null;
    }
  }

  ZoneId zone() {
    return zone;
  }

  /** The lines that the object holds; empty if it is of no shape that we know. */
  List<StoreRow> rows(FileUnit unit) {
    List<StoreRow> rows = new ArrayList<>();
    JsonNode root = tree(unit);
    if (root != null) {
      take(root, unit.line(), rows, 0);
    }
    return rows;
  }

  private void take(JsonNode node, long line, List<StoreRow> rows, int depth) {
    if (node.isArray()) {
      node.forEach(element -> take(element, line, rows, depth + 1));
      return;
    }
    if (!node.isObject() || depth > 4) {
      return;
    }
    if (lokiStreams(node.at("/data/result"), line, rows)
        || azureTables(node.path("tables"), line, rows)) {
      return;
    }
    int before = rows.size();
    for (JsonPointer place : CONTAINERS) {
      JsonNode inside = node.at(place);
      if (inside.isArray()) {
        for (JsonNode record : inside) {
          if (record.isArray()) {
            insights(record, line, rows);
          } else {
            take(record, line, rows, depth + 1);
          }
        }
        if (rows.size() > before) {
          return;
        }
      }
    }
    record(node, line, rows);
  }

  private void record(JsonNode node, long line, List<StoreRow> rows) {
    for (String name : INNER) {
      JsonNode inside = node.path(name);
      if (inside.isObject()) {
        byte[] bytes = inside.toString().getBytes(StandardCharsets.UTF_8);
        if (isRecord(bytes)) {
          String text = first(inside, StoreNames.TEXT);
          rows.add(new StoreRow(line, text == null ? "" : text, null, time(node), bytes));
          return;
        }
      }
    }
    JsonNode result = node.path("result");
    JsonNode record = result.isObject() ? result : node; // Splunk's export
    String text = first(record, StoreNames.TEXT);
    if (text != null) {
      rows.add(new StoreRow(line, text, first(record, StoreNames.HOST), time(record), null));
    }
  }

  /** {@code aws logs get-query-results}: a list of fields for a row. */
  private void insights(JsonNode fields, long line, List<StoreRow> rows) {
    com.fasterxml.jackson.databind.node.ObjectNode row = mapper.createObjectNode();
    for (JsonNode field : fields) {
      if (field.path("field").isTextual()) {
        row.set(field.path("field").asText(), field.path("value"));
      }
    }
    record(row, line, rows);
  }

  /** Loki's own answer: {@code [{"stream": {…}, "values": [["ns", "line"], …]}]}. */
  private boolean lokiStreams(JsonNode streams, long line, List<StoreRow> rows) {
    int before = rows.size();
    for (JsonNode stream : streams) {
      com.fasterxml.jackson.databind.node.ObjectNode labels = mapper.createObjectNode();
      labels.set("labels", stream.path("stream"));
      String host = first(labels, StoreNames.HOST);
      for (JsonNode value : stream.path("values")) {
        if (value.isArray() && value.size() >= 2) {
          Instant time = StoreTime.parse(value.get(0).asText(), zone);
          rows.add(new StoreRow(line, value.get(1).asText(), host, time, null));
        }
      }
    }
    return rows.size() > before;
  }

  /** Azure Monitor's: columns, and rows as lists of values. */
  private boolean azureTables(JsonNode tables, long line, List<StoreRow> rows) {
    int before = rows.size();
    for (JsonNode table : tables) {
      List<String> columns = new ArrayList<>();
      table.path("columns").forEach(column -> columns.add(column.path("name").asText()));
      for (JsonNode values : table.path("rows")) {
        com.fasterxml.jackson.databind.node.ObjectNode row = mapper.createObjectNode();
        for (int i = 0; i < columns.size() && i < values.size(); i++) {
          row.set(columns.get(i), values.get(i));
        }
        record(row, line, rows);
      }
    }
    return rows.size() > before;
  }

  private @Nullable Instant time(JsonNode node) {
    String time = first(node, StoreNames.TIME);
    return time == null ? null : StoreTime.parse(time, zone);
  }

  /** By a name that holds points itself, else by the path that it is; whatever its case. */
  static @Nullable String first(JsonNode node, StoreNames names) {
    for (String name : names.names()) {
      JsonNode value = member(node, name);
      for (int at = name.indexOf('.'); value == null && at > 0; at = name.indexOf('.', at + 1)) {
        JsonNode outer = member(node, name.substring(0, at));
        value = outer == null ? null : inner(outer, name.substring(at + 1));
      }
      if (value != null && value.isValueNode() && !value.isNull() && !value.asText().isEmpty()) {
        return value.asText();
      }
    }
    return null;
  }

  private static @Nullable JsonNode inner(JsonNode node, String path) {
    JsonNode whole = member(node, path);
    int at = path.indexOf('.');
    if (whole != null || at < 0) {
      return whole;
    }
    JsonNode outer = member(node, path.substring(0, at));
    return outer == null ? null : inner(outer, path.substring(at + 1));
  }

  private static @Nullable JsonNode member(JsonNode node, String name) {
    JsonNode exact = node.get(name);
    if (exact != null) {
      return exact;
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (StoreNames.plain(member.getKey()).equals(StoreNames.plain(name))) {
        return member.getValue();
      }
    }
    return null;
  }
}

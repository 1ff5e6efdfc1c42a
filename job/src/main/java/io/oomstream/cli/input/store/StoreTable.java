package io.oomstream.cli.input.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A table as log stores export it: the line, its host and its time by their columns. */
public final class StoreTable {

  /** A column's name: words, with what Azure, CloudWatch and Splunk put around them. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_@][A-Za-z0-9_.@/-]*(?: [\\[(]?[A-Za-z0-9_.@/-]+[\\])]?){0,3}");

  private static final char[] SEPARATORS = {',', '\t', ';'};
  private static final int MOST_ROWS = 4_000_000;

  private StoreTable() {}

  /** What divides the columns; null if the beginning of the file is no table with a header. */
  public static @Nullable Character separator(byte[] begin) {
    String text = new String(begin, StandardCharsets.UTF_8).replace("\ufeff", "");
    for (char separator : SEPARATORS) {
      try {
        List<List<String>> rows = firstRows(text, separator);
        if (isTable(rows)) {
          return separator;
        }
      } catch (IOException e) {
        // Not with this separator.
      }
    }
    return null;
  }

  private static boolean isTable(List<List<String>> rows) {
    if (rows.size() < 2 || rows.get(0).size() < 2) {
      return false;
    }
    List<String> header = rows.get(0);
    boolean named = header.stream().allMatch(name -> NAME.matcher(name.strip()).matches());
    boolean known = StoreNames.TEXT.in(header) >= 0 || StoreNames.TIME.in(header) >= 0;
    return named
        && (known || header.size() > 2)
        && rows.subList(1, rows.size()).stream().allMatch(row -> row.size() == header.size());
  }

  /** Whole rows at the beginning; the last may be cut and is left out. */
  private static List<List<String>> firstRows(String text, char separator) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (MappingIterator<List<String>> all =
        mapper()
            .readerForListOf(String.class)
            .with(CsvParser.Feature.WRAP_AS_ARRAY)
            .with(CsvSchema.emptySchema().withColumnSeparator(separator))
            .readValues(text)) {
      while (rows.size() < 8 && all.hasNextValue()) {
        rows.add(all.nextValue());
      }
    } catch (IOException | RuntimeException e) {
      if (rows.size() < 2) {
        return List.of();
      }
    }
    boolean cut = text.length() > 8000 && rows.size() < 8 && rows.size() > 2;
    return cut ? rows.subList(0, rows.size() - 1) : rows;
  }

  private static CsvMapper mapper() {
    return CsvMapper.builder().enable(CsvParser.Feature.SKIP_EMPTY_LINES).build();
  }

  /** All lines of the table, the oldest first. */
  public static List<StoreRow> read(InputStream in, char separator, ZoneId zone)
      throws IOException {
    List<StoreRow> rows = new ArrayList<>();
    try (MappingIterator<List<String>> all =
        mapper()
            .readerForListOf(String.class)
            .with(CsvParser.Feature.WRAP_AS_ARRAY)
            .with(CsvSchema.emptySchema().withColumnSeparator(separator))
            .readValues(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      List<String> header = all.hasNextValue() ? all.nextValue() : List.of();
      header = header.stream().map(name -> name.replace("\ufeff", "")).toList();
      int text = StoreNames.TEXT.in(header);
      if (text < 0) {
        throw new UnknownShape(
            "is a table, and none of its columns ("
                + String.join(", ", header)
                + ") is known to hold log lines; write that column alone as text, a line each, and"
                + " give that: mlr --icsv --ojson cut -f COLUMN FILE | jq -r '.[].COLUMN' |"
                + " ./oomstream analyze -");
      }
      int host = StoreNames.HOST.in(header);
      int time = StoreNames.TIME.in(header);
      int labels = header.stream().map(StoreNames::plain).toList().indexOf("labels");
      while (all.hasNextValue()) {
        long line = all.getCurrentLocation().getLineNr();
        List<String> row = all.nextValue();
        if (rows.size() >= MOST_ROWS) {
          throw new UnknownShape("has more than " + MOST_ROWS + " rows; give it in parts");
        }
        if (text < row.size()) {
          String named = cell(row, host);
          rows.add(
              new StoreRow(
                  line,
                  row.get(text),
                  named != null ? named : ofLabels(cell(row, labels)),
                  time < 0 || time >= row.size() ? null : StoreTime.parse(row.get(time), zone),
                  null));
        }
      }
    }
    return StoreRow.inOrder(rows);
  }

  private static @Nullable String cell(List<String> row, int column) {
    return column < 0 || column >= row.size() || row.get(column).isBlank() ? null : row.get(column);
  }

  /** Grafana's: an object. */
  private static @Nullable String ofLabels(@Nullable String labels) {
    if (labels == null || !labels.startsWith("{")) {
      return null;
    }
    try {
      JsonNode all = new JsonMapper().readTree(labels);
      for (String name : List.of("host", "hostname", "node", "node_name", "nodename", "instance")) {
        if (all.path(name).isTextual()) {
          return all.path(name).asText();
        }
      }
    } catch (IOException e) {
      // No object: no host.
    }
    return null;
  }
}

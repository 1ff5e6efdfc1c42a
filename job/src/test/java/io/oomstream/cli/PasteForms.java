package io.oomstream.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;

/**
 * The forms that a kernel's log takes on its way through mail, trackers, terminals and log stores,
 * made from its plain lines: {@code [ 12.345678] text}, in Latin-1.
 */
final class PasteForms {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long BOOT_MS = 1_795_413_600_000L;

  /** A form by the name that the table gives it. */
  private static final Map<String, Function<List<String>, byte[]>> ALL = new LinkedHashMap<>();

  static {
    text("as dmesg prints it", l -> l);
    text("indented by four blanks", l -> each(l, line -> "    " + line));
    text("indented by a tab", l -> each(l, line -> "\t" + line));
    text("quoted", l -> each(l, line -> "> " + line));
    text("quoted twice and indented", l -> each(l, line -> "> >   " + line));
    text("without stamps", l -> each(l, PasteForms::bare));
    text("without stamps, indented by blanks", l -> each(l, line -> "      " + bare(line)));
    text("without stamps, indented by a tab", l -> each(l, line -> "\t" + bare(line)));
    text("without stamps, quoted and indented", l -> each(l, line -> ">   " + bare(line)));
    text("syslog", l -> each(l, line -> "Nov 23 10:00:00 db1 kernel: " + line));
    text("syslog behind a tab", l -> each(l, line -> "\tNov 23 10:00:00 db1 kernel: " + line));
    text(
        "ISO syslog behind a tab",
        l -> each(l, line -> "\t2026-11-23T10:00:00.000000+00:00 db1 kernel: " + line));
    text("kernel: alone", l -> each(l, line -> "kernel: " + bare(line)));
    text("time of day and kernel:", l -> each(l, line -> "10:00:00 kernel: " + bare(line)));
    text("the first stamp cut", PasteForms::firstStampCut);
    text("a program's text before a stamp", PasteForms::consoleProgram);
    text("no-break spaces", l -> each(l, line -> line.replace(" ", "\u00c2\u00a0")));
    text("HTML entities", l -> each(l, PasteForms::html));
    text("coloured", l -> each(l, line -> "\u001b[32m" + line.replaceFirst("\\] ", "] \u001b[0m")));
    text("tabs as #011", l -> each(l, line -> "Nov 23 10:00:00 db1 kernel: #011" + line));
    text("grep -n", PasteForms::numbered);
    text("grep -n, without stamps", l -> numbered(each(l, PasteForms::bare)));
    text("mail, wrapped at 76", l -> wrapped(l, 76));
    text("mail, wrapped at 72 and quoted", l -> each(wrapped(l, 72), line -> "> " + line));
    text("a terminal of 80 columns", l -> chopped(l, 80));
    ALL.put("quoted-printable", l -> quotedPrintable(l).getBytes(ISO_8859_1));
    ALL.put("lines ending in CR CR LF", l -> String.join("\r\r\n", l).getBytes(ISO_8859_1));
    ALL.put("UTF-16 with its mark", l -> ("\ufeff" + lines(l)).getBytes(UTF_16LE));
    ALL.put("UTF-16 without a mark", l -> lines(l).getBytes(UTF_16BE));
    ALL.put("CSV of Grafana", l -> csv(l, false, "labels", "Time", "Line", "tsNs", "id"));
    ALL.put("CSV of CloudWatch Insights", l -> csv(l, true, "@timestamp", "@message"));
    ALL.put("CSV of Datadog", l -> csv(l, true, "Date", "Host", "Service", "Message"));
    ALL.put("CSV of Kibana", l -> csv(l, true, "@timestamp", "host.name", "message"));
    ALL.put("CSV of Splunk", l -> csv(l, true, "_raw", "_time", "host", "source", "sourcetype"));
    ALL.put(
        "CSV of Azure Monitor",
        l -> csv(l, true, "TimeGenerated [UTC]", "Computer", "SyslogMessage"));
    ALL.put("JSON of GCP, textPayload", l -> array(l, true, "textPayload", "timestamp"));
    ALL.put(
        "JSON lines of GCP, jsonPayload.message",
        l -> jsonl(l, "jsonPayload/message", "timestamp"));
    ALL.put(
        "JSON of GCP, jsonPayload.MESSAGE",
        l -> array(l, true, "jsonPayload/MESSAGE", "timestamp"));
    ALL.put("hits of Elasticsearch", PasteForms::hits);
    ALL.put("events of CloudWatch", l -> within("events", array(l, false, "message", "timestamp")));
    ALL.put("logcli -o jsonl", l -> newestFirst(jsonl(l, "line", "timestamp")));
    ALL.put(
        "kubectl's list of items",
        l -> within("items", array(l, false, "message", "lastTimestamp")));
    ALL.put("tables of Azure Monitor", PasteForms::azure);
    ALL.put("gzip", l -> packed(l, GZIPOutputStream::new));
    ALL.put("xz", l -> packed(l, XZCompressorOutputStream::new));
    ALL.put("zstd", l -> packed(l, ZstdCompressorOutputStream::new));
    ALL.put("bzip2", l -> packed(l, BZip2CompressorOutputStream::new));
    ALL.put("a tar of logs", l -> tar(l, "logs/kern.log"));
    ALL.put(
        "a sosreport",
        l -> tar(l, "sosreport-db1/sos_commands/kernel/dmesg", "sosreport-db1/hostname"));
    ToolForms.add(ALL);
  }

  private interface Packer {
    OutputStream open(OutputStream out) throws IOException;
  }

  private PasteForms() {}

  static Map<String, Function<List<String>, byte[]>> all() {
    return ALL;
  }

  private static void text(String name, Function<List<String>, List<String>> form) {
    ALL.put(name, l -> lines(form.apply(l)).getBytes(ISO_8859_1));
  }

  private static String lines(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  private static List<String> each(List<String> lines, Function<String, String> change) {
    return lines.stream().map(change).toList();
  }

  private static byte[] newestFirst(byte[] lines) {
    List<String> turned = new ArrayList<>(new String(lines, UTF_8).lines().toList());
    Collections.reverse(turned);
    return utf8(String.join("\n", turned) + "\n");
  }

  static String bare(String line) {
    int close = line.indexOf("] ");
    return close < 0 ? line : line.substring(close + 2);
  }

  private static List<String> firstStampCut(List<String> lines) {
    List<String> cut = new ArrayList<>(lines);
    cut.set(0, lines.get(0).substring(lines.get(0).indexOf('.') + 3));
    return cut;
  }

  private static List<String> consoleProgram(List<String> lines) {
    List<String> mixed = new ArrayList<>(lines);
    mixed.set(0, "Creating journal (262144 blocks): " + lines.get(0));
    return mixed;
  }

  private static String html(String line) {
    return line.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static List<String> numbered(List<String> lines) {
    List<String> numbered = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      numbered.add((i + 100) + (i == lines.size() - 1 ? ":" : "-") + lines.get(i));
    }
    return numbered;
  }

  private static List<String> wrapped(List<String> lines, int width) {
    List<String> wrapped = new ArrayList<>();
    for (String line : lines) {
      String rest = line;
      while (rest.length() > width) {
        int blank = rest.lastIndexOf(' ', width);
        int from = blank;
        if (rest.substring(0, Math.max(blank, 0)).isBlank()) {
          blank = rest.indexOf(' ', width);
          from = blank;
        }
        if (blank < 0) {
          break;
        }
        wrapped.add(rest.substring(0, blank).stripTrailing());
        rest = rest.substring(from + 1).stripLeading();
      }
      wrapped.add(rest);
    }
    return wrapped;
  }

  private static List<String> chopped(List<String> lines, int width) {
    List<String> chopped = new ArrayList<>();
    for (String line : lines) {
      for (int i = 0; i == 0 || i < line.length(); i += width) {
        chopped.add(line.substring(i, Math.min(line.length(), i + width)));
      }
    }
    return chopped;
  }

  private static String quotedPrintable(List<String> lines) {
    StringBuilder out = new StringBuilder();
    for (String line : lines) {
      int column = 0;
      for (char c : line.toCharArray()) {
        String code = c == '=' || c > 0x7e ? String.format("=%02X", (int) c) : String.valueOf(c);
        if (column + code.length() > 75) {
          out.append("=\n");
          column = 0;
        }
        out.append(code);
        column += code.length();
      }
      out.append('\n');
    }
    return out.toString();
  }

  private static String time(int i) {
    return java.time.Instant.ofEpochMilli(BOOT_MS + i).toString();
  }

  private static String cell(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  private static byte[] csv(List<String> lines, boolean newestFirst, String... columns) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      List<String> cells = new ArrayList<>();
      for (String column : columns) {
        cells.add(
            cell(
                switch (column) {
                  case "Line", "@message", "Message", "message", "_raw", "SyslogMessage" ->
                      lines.get(i);
                  case "host.name", "Host", "host", "Computer" -> "db1";
                  case "labels" -> "{\"host\":\"db1\",\"job\":\"kernel\"}";
                  case "tsNs" -> (BOOT_MS + i) + "000000";
                  case "id", "Service", "source", "sourcetype" -> "x" + i % 7;
                  default -> time(i);
                }));
      }
      rows.add(String.join(",", cells));
    }
    if (newestFirst) {
      Collections.reverse(rows);
    }
    rows.add(0, String.join(",", columns));
    return utf8(String.join("\n", rows) + "\n");
  }

  /** The lines' bytes as text, as a store shows them: what is not UTF-8 is replaced before. */
  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private static ObjectNode record(String line, int i, String path, String time) {
    ObjectNode record = JSON.createObjectNode();
    String[] names = path.split("/");
    ObjectNode inner = names.length > 1 ? record.putObject(names[0]) : record;
    inner.put(names[names.length - 1], line);
    record.put(time, time(i));
    record.put("severity", "DEFAULT");
    return record;
  }

  private static byte[] array(List<String> lines, boolean newestFirst, String path, String time) {
    List<ObjectNode> records = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      records.add(record(lines.get(i), i, path, time));
    }
    if (newestFirst) {
      Collections.reverse(records);
    }
    ArrayNode array = JSON.createArrayNode();
    records.forEach(array::add);
    return utf8(array.toPrettyString());
  }

  private static byte[] jsonl(List<String> lines, String path, String time) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      out.append(record(lines.get(i), i, path, time)).append('\n');
    }
    return utf8(out.toString());
  }

  private static byte[] within(String name, byte[] array) {
    return utf8("{\"kind\": \"List\", \"" + name + "\": " + new String(array, UTF_8) + "}\n");
  }

  private static byte[] hits(List<String> lines) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode hits = root.putObject("hits").putArray("hits");
    for (int i = lines.size() - 1; i >= 0; i--) {
      ObjectNode source = hits.addObject().put("_index", "logs").putObject("_source");
      source.put("message", lines.get(i)).put("@timestamp", time(i));
      source.putObject("host").put("name", "db1");
    }
    return utf8(root.toPrettyString());
  }

  private static byte[] azure(List<String> lines) {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode table = root.putArray("tables").addObject().put("name", "PrimaryResult");
    ArrayNode columns = table.putArray("columns");
    for (String name : List.of("TimeGenerated", "Computer", "SyslogMessage")) {
      columns.addObject().put("name", name).put("type", "string");
    }
    ArrayNode rows = table.putArray("rows");
    for (int i = 0; i < lines.size(); i++) {
      rows.addArray().add(time(i)).add("db1").add(lines.get(i));
    }
    return utf8(root.toString());
  }

  private static byte[] packed(List<String> lines, Packer packer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packing = packer.open(out)) {
      packing.write(lines(lines).getBytes(ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] tar(List<String> lines, String... names) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (int i = 0; i < names.length; i++) {
        byte[] content = (i == 0 ? lines(lines) : "db1\n").getBytes(ISO_8859_1);
        TarArchiveEntry entry = new TarArchiveEntry(names[i]);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}

package io.oomstream.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What tools make of a log that no envelope knows: what they write before, between and behind its
 * lines, made from plain lines: {@code [ 12.345678] text}, in Latin-1.
 */
final class ToolForms {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern STAMP = Pattern.compile("^\\[ *(\\d+)\\.(\\d{6})\\] ?");

  private ToolForms() {}

  private interface Numbered {
    String of(int i, String line);
  }

  static void add(Map<String, Function<List<String>, byte[]>> all) {
    Lines to = new Lines(all);
    to.text("a fence of Markdown", l -> "It died:\n\n```\n" + join(l) + "```\nAny idea?\n");
    to.text("a tracker's {noformat}", l -> "Log:\n{noformat}" + join(l) + "{noformat}\n");
    to.text("a tracker's {code}", l -> "{code:title=messages}\n" + join(l) + "{code}\n");
    to.each("kubectl logs --prefix", (i, line) -> "[pod/agent-x7k2p/tail] " + line);
    to.each("stern", (i, line) -> "agent-x7k2p tail " + line);
    to.each("docker compose logs", (i, line) -> "agent-1  | " + line);
    to.each("ts", (i, line) -> "Nov 23 10:00:" + two(i) + " " + line);
    to.each("a job's log of GitLab", (i, line) -> "2026-11-23T10:00:00.0Z 01O " + line);
    to.each("a job's log of GitHub", (i, line) -> "test\tRun\t2026-11-23T10:00:00.0Z " + line);
    to.each("a copy of Grafana", (i, line) -> "2026-11-23 10:00:00.123\t" + line);
    to.each("a copy of Kibana", (i, line) -> "Nov 23, 2026 @ 10:00:00.000\tdb1\t" + line);
    to.each("a copy of Google's console", (i, line) -> "2026-11-23 10:00:00.1 CET " + line);
    to.each("OpenWrt's logread", (i, line) -> "Mon Nov 23 10:00:00 2026 kern.warn kernel: " + line);
    to.each("busybox' syslogd", (i, line) -> "Nov 23 10:00:00 db1 kern.warn kernel: " + line);
    to.each("logcat", (i, line) -> "11-23 10:00:00.123  0  0 W   : " + PasteForms.bare(line));
    to.each("a list's numbers", (i, line) -> "  " + (i + 1) + ". " + PasteForms.bare(line));
    to.each("an editor's numbers", (i, line) -> column(i + 95) + " " + PasteForms.bare(line));
    to.each("cat -n", (i, line) -> column(i + 1) + "\t" + line);
    to.each("a diff", (i, line) -> "+" + line);
    to.each("a diff, without stamps", (i, line) -> "+" + PasteForms.bare(line));
    to.each("a comment of code", (i, line) -> " * " + PasteForms.bare(line));
    to.each("a chat", (i, line) -> "[10:23:11] <ann> " + PasteForms.bare(line));
    to.each("grep -H", (i, line) -> "kern.log" + (i % 9 == 0 ? ':' : '-') + PasteForms.bare(line));
    to.each("strings of JSON", (i, line) -> "  " + json(line) + ",");
    to.each("strings of Python", (i, line) -> " b'" + line.replace("\\", "\\\\") + "\\n',");
    to.each("backticks", (i, line) -> "`" + line + "`");
    to.each("rows of CSV", (i, line) -> "2026-11-23,db1,\"" + line.replace("\"", "\"\"") + "\"");
    to.each("rows divided by tabs", (i, line) -> "2026-11-23T10:00:00Z\tdb1\t" + line);
    to.each(
        "padded to the window", (i, line) -> line + " ".repeat(Math.max(1, 200 - line.length())));
    to.each("escapes of Markdown", (i, line) -> line.replaceAll("([_*\\[\\]])", "\\\\$1"));
    to.each("hyphens of a word processor", (i, line) -> line.replace("-", "\u00e2\u0080\u0091"));
    to.each("marks of direction", (i, line) -> "\u00e2\u0080\u008e" + line + "\u00e2\u0080\u008f");
    to.each("no-break spaces in Latin-1", (i, line) -> line.replace("  ", " \u00a0"));
    to.each("blanks turned into tabs", (i, line) -> tabs(line));
    to.text("script", ToolForms::script);
    to.text("a serial console over the network", l -> String.join("\r\n\r", l) + "\r\n");
    to.text("carriage returns only", l -> String.join("\r", l) + "\r");
    to.text("zero bytes of a crash", l -> "\0".repeat(600) + join(l));
    to.text("one line", l -> "The log: " + String.join(" ", l) + "\n");
    to.text("newlines as \\n", l -> "\"" + String.join("\\n", l).replace("\t", "\\t") + "\"\n");
    to.text(
        "HTML's breaks", l -> "<p>" + String.join("<br />", l).replace("<re", "&lt;re") + "</p>");
    to.text("a table of HTML", ToolForms::table);
    to.text("counted syslog", ToolForms::counted);
    to.text("backslashes at column 80", ToolForms::backslashes);
    to.text("a terminal that indents what goes on", l -> hanging(l, 80, 15));
    to.text("newest first", l -> join(turned(l)));
    to.text("newest first, syslog", l -> join(turned(l.stream().map(ToolForms::syslog).toList())));
    to.text("logcli", l -> join(turned(l.stream().map(ToolForms::logcli).toList())));
    to.text("the same log twice", l -> join(l) + join(l));
    to.text(
        "the same syslog twice",
        l -> {
          String log = join(l.stream().map(ToolForms::syslog).toList());
          return log + log;
        });
    to.text("output of Ansible", ToolForms::ansible);
    to.json("console output of AWS", l -> JSON.createObjectNode().put("Output", join(l)));
    to.json("answer of Datadog", l -> within("data", l, "attributes", "message"));
    to.json("answer of Graylog", l -> within("messages", l, "message", "message"));
    to.json("an answer of a store without a name", l -> within("rows", l, "entry", "what"));
    to.text("lines of VictoriaLogs", ToolForms::victoria);
    all.put("zip", ToolForms::zip);
  }

  /** Adds forms under their names. */
  private record Lines(Map<String, Function<List<String>, byte[]>> all) {
    void text(String name, Function<List<String>, String> form) {
      all.put(name, lines -> form.apply(lines).getBytes(ISO_8859_1));
    }

    void json(String name, Function<List<String>, ObjectNode> form) {
      all.put(name, lines -> form.apply(lines).toPrettyString().getBytes(UTF_8));
    }

    void each(String name, Numbered form) {
      text(
          name,
          lines -> {
            List<String> out = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
              out.add(form.of(i, lines.get(i)));
            }
            return join(out);
          });
    }
  }

  private static String join(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  private static String json(String line) {
    return JSON.getNodeFactory().textNode(line).toString();
  }

  private static String two(int i) {
    return String.format(Locale.ROOT, "%02d", i % 60);
  }

  private static String column(int i) {
    return String.format(Locale.ROOT, "%4d", i);
  }

  private static List<String> turned(List<String> lines) {
    List<String> turned = new ArrayList<>(lines);
    Collections.reverse(turned);
    return turned;
  }

  private static String syslog(String line) {
    return "Nov 23 10:00:00 db1 kernel: " + PasteForms.bare(line);
  }

  private static String logcli(String line) {
    return "2026-11-23T10:00:00Z {host=\"db1\", job=\"kern\"} " + line;
  }

  /** Two blanks and more up to a column that eight divides, as {@code unexpand -a} does. */
  private static String tabs(String line) {
    StringBuilder out = new StringBuilder();
    int column = 0;
    while (column < line.length()) {
      int end = column;
      while (end < line.length() && line.charAt(end) == ' ') {
        end++;
      }
      int stop = (column / 8 + 1) * 8;
      if (end >= stop && end - column > 1) {
        out.append('\t');
        column = stop;
      } else {
        out.append(line.charAt(column++));
      }
    }
    return out.toString();
  }

  private static String script(List<String> lines) {
    StringBuilder out = new StringBuilder("Script started on 2026-11-23 10:00:00+00:00\r\n");
    out.append("\u001b[?2004h\u001b]0;root@db1: ~\u0007root@db1:~# dmesg\r\n\u001b[?2004l\r");
    lines.forEach(line -> out.append("\u001b[32m").append(line).append("\u001b[0m\r\n"));
    return out.append("\u001b(B\u001b[mroot@db1:~# exit\r\n").toString();
  }

  private static String table(List<String> lines) {
    StringBuilder out = new StringBuilder("<table>\n");
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i).replace("<", "&lt;");
      out.append("<tr><td class=\"n\">" + (i + 1) + "</td><td>" + text + "</td></tr>\n");
    }
    return out.append("</table>\n").toString();
  }

  private static String counted(List<String> lines) {
    StringBuilder out = new StringBuilder();
    for (String line : lines) {
      String message = "<4>1 2026-11-23T10:00:00.000000Z db1 kernel - - - " + line;
      out.append(message.length()).append(' ').append(message);
    }
    return out.toString();
  }

  private static String backslashes(List<String> lines) {
    List<String> out = new ArrayList<>();
    for (String line : lines) {
      String rest = line;
      for (; rest.length() > 79; rest = rest.substring(79)) {
        out.add(rest.substring(0, 79) + "\\");
      }
      out.add(rest);
    }
    return join(out);
  }

  private static String hanging(List<String> lines, int width, int indent) {
    List<String> out = new ArrayList<>();
    for (String line : lines) {
      String rest = line;
      for (int room = width; rest.length() > room; room = width - indent) {
        out.add(" ".repeat(width - room) + rest.substring(0, room));
        rest = rest.substring(room);
      }
      out.add((rest.length() == line.length() ? "" : " ".repeat(indent)) + rest);
    }
    return join(out);
  }

  private static String ansible(List<String> lines) {
    StringBuilder out = new StringBuilder("ok: [db1] => {\n    \"stdout_lines\": [\n");
    for (int i = 0; i < lines.size(); i++) {
      String comma = i == lines.size() - 1 ? "\n" : ",\n";
      out.append("        ").append(json(lines.get(i))).append(comma);
    }
    return out.append("    ]\n}\n").toString();
  }

  private static ObjectNode within(String list, List<String> lines, String inner, String text) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode rows = root.putArray(list);
    for (String line : turned(lines)) {
      ObjectNode record = rows.addObject().put("id", rows.size()).putObject(inner);
      record.put("timestamp", time(line)).put("host", "db1").put(text, line);
    }
    return root;
  }

  private static String victoria(List<String> lines) {
    StringBuilder out = new StringBuilder();
    for (String line : turned(lines)) {
      ObjectNode record = JSON.createObjectNode().put("_time", time(line)).put("_stream", "{}");
      out.append(record.put("_msg", line).put("host", "db1")).append('\n');
    }
    return out.toString();
  }

  private static String time(String line) {
    Matcher stamp = STAMP.matcher(line);
    return stamp.find()
        ? "2026-11-23T10:00:" + two(Integer.parseInt(stamp.group(1))) + "." + stamp.group(2) + "Z"
        : "2026-11-23T10:00:00Z";
  }

  private static byte[] zip(List<String> lines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("logs/kern.log"));
      zip.write(join(lines).getBytes(ISO_8859_1));
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}

package io.oomstream.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.event.EventJson;
import io.oomstream.event.KillEvent;
import io.oomstream.golden.GoldenFile;
import io.oomstream.lab.LabLogs;
import io.oomstream.lab.PlainPipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every scenario of the lab in every form that people and stores make of a log: what comes out is
 * what comes out of the plain log. {@code docs/analyze-forms.md} shows it.
 */
class FormsMatrixTest {

  private static final Path TABLE = Path.of("../docs/analyze-forms.md");
  private static final List<String> FACTS =
      List.of("kills", "cause", "scope", "limit", "memory", "tasks", "trigger");

  /** Lines around the reports: some of the log's own chatter, too. */
  private static final int AROUND = 12;

  /** Form and fact that a form has lost, and why. */
  private static final Map<String, String> LOST = Map.of();

  @TempDir private Path folder;

  @Test
  void everyFormGivesWhatThePlainLogGives() throws Exception {
    Map<String, Map<String, int[]>> counts = new LinkedHashMap<>();
    List<String> failures = new ArrayList<>();
    for (LabLogs.LabLog log : sample()) {
      List<String> lines = excerpt(log);
      if (lines.isEmpty()) {
        continue;
      }
      Path plain = Files.write(folder.resolve("plain.log"), bytes(lines));
      Map<String, JsonNode> base = facts(ReadLog.of(plain));
      for (Map.Entry<String, Function<List<String>, byte[]>> form : PasteForms.all().entrySet()) {
        Path path = Files.write(folder.resolve("form.log"), form.getValue().apply(lines));
        Map<String, JsonNode> found = facts(ReadLog.of(path));
        for (String fact : FACTS) {
          int[] count =
              counts
                  .computeIfAbsent(form.getKey(), f -> new LinkedHashMap<>())
                  .computeIfAbsent(fact, f -> new int[2]);
          boolean same = Objects.equals(base.get(fact), found.get(fact));
          count[0] += same ? 1 : 0;
          count[1]++;
          if (!same && !LOST.containsKey(form.getKey() + ": " + fact)) {
            failures.add(
                log
                    + ", "
                    + form.getKey()
                    + ": "
                    + fact
                    + ": "
                    + found.get(fact)
                    + " and not "
                    + base.get(fact));
          }
        }
      }
    }
    assertThat(failures).isEmpty();
    assertTable(table(counts));
  }

  private static List<LabLogs.LabLog> sample() {
    Map<String, LabLogs.LabLog> byScenario = new TreeMap<>();
    for (int i = 0; i < LabLogs.KERNELS.size(); i++) {
      int at = 0;
      for (LabLogs.LabLog log : LabLogs.of(LabLogs.KERNELS.get(i))) {
        if (log.form().equals("dmesg.log") && at++ % LabLogs.KERNELS.size() == i) {
          byScenario.putIfAbsent(log.scenario(), log);
        }
      }
    }
    return List.copyOf(byScenario.values());
  }

  /** From before the first report to behind the last, names in ASCII: forms may not carry more. */
  static List<String> excerpt(LabLogs.LabLog log) {
    List<String> lines =
        new String(log.bytes(), ISO_8859_1)
            .lines()
            .map(line -> line.replaceAll("[^\\x20-\\x7e\\t]", "?"))
            .toList();
    int first = -1;
    int last = -1;
    for (int i = 0; i < lines.size(); i++) {
      boolean head = lines.get(i).contains(" invoked oom-killer: ");
      boolean end = lines.get(i).contains("Killed process ") || lines.get(i).contains("panic");
      first = first < 0 && head ? i : first;
      last = head || end ? i : last;
    }
    return first < 0 ? List.of() : lines.subList(first, Math.min(lines.size(), last + AROUND));
  }

  private static Map<String, JsonNode> facts(ReadLog.Result read) {
    Map<String, JsonNode> facts = new LinkedHashMap<>();
    FACTS.forEach(fact -> facts.put(fact, EventJson.toTree(List.of())));
    Map<String, ObjectNode> byFact = new LinkedHashMap<>();
    for (PlainPipeline.Result result : read.hosts().values()) {
      for (KillEvent kill : result.kills()) {
        JsonNode event = EventJson.toTree(kill);
        String pid = kill.victim().pid() + "";
        for (String fact : FACTS) {
          JsonNode value =
              switch (fact) {
                case "kills" -> event.path("victim");
                case "cause" -> event.at("/cause/primary");
                case "scope" -> event.at("/scope/kind");
                case "limit" -> event.at("/scope/limitCgroup");
                default -> event.path(fact);
              };
          byFact
              .computeIfAbsent(fact, f -> (ObjectNode) EventJson.parse("{}".getBytes(UTF_8)))
              .set(pid, value);
        }
      }
    }
    facts.putAll(byFact);
    return facts;
  }

  private static byte[] bytes(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(ISO_8859_1);
  }

  private static String table(Map<String, Map<String, int[]>> counts) {
    StringBuilder out = new StringBuilder();
    out.append("# Forms that analyze reads\n\n");
    out.append(
        "Every scenario of the lab in every form: in how many of them what comes out is what comes"
            + " out of the plain log.\n\n");
    out.append("| form | ").append(String.join(" | ", FACTS)).append(" |\n|---|");
    FACTS.forEach(fact -> out.append("---|"));
    out.append('\n');
    counts.forEach(
        (form, facts) -> {
          out.append("| ").append(form);
          FACTS.forEach(
              fact -> {
                int[] count = facts.getOrDefault(fact, new int[2]);
                out.append(" | " + count[0] + " of " + count[1]);
              });
          out.append(" |\n");
        });
    LOST.forEach((what, why) -> out.append("\n* ").append(what).append(": ").append(why));
    out.append(
        "\nJSON and CSV of other shapes are refused with a sentence that says how to go on; a binary"
            + " journal is named with the command that reads it. Directories, tars and sosreports are"
            + " read whole.\n");
    return out.toString();
  }

  private static void assertTable(String table) throws Exception {
    new GoldenFile(TABLE).mustBe(table);
  }
}

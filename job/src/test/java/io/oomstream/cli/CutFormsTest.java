package io.oomstream.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.event.EventJson;
import io.oomstream.event.KillEvent;
import io.oomstream.event.section.Tasks;
import io.oomstream.lab.LabLogs;
import io.oomstream.lab.PlainPipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log that was cut, in any form: what is stated of a victim and of the request is what the whole
 * log states, or is absent, and nobody is named who did not die.
 */
class CutFormsTest {

  private static final int TRIES = 160;

  @TempDir private Path folder;

  @Test
  void stateWhatTheWholeLogStatesOrNothing() throws Exception {
    Random random = new Random(30);
    List<LabLogs.LabLog> logs =
        LabLogs.KERNELS.stream()
            .flatMap(kernel -> LabLogs.of(kernel).stream())
            .filter(log -> log.form().equals("dmesg.log") && !log.scenario().equals("19-spoof"))
            .filter(log -> log.lines().size() < 900)
            .toList();
    List<Function<List<String>, byte[]>> forms = List.copyOf(PasteForms.all().values());
    List<String> names = List.copyOf(PasteForms.all().keySet());
    for (int i = 0; i < TRIES; i++) {
      List<String> lines = FormsMatrixTest.excerpt(logs.get(random.nextInt(logs.size())));
      if (lines.isEmpty()) {
        continue;
      }
      Path plain =
          Files.write(
              folder.resolve("plain.log"), (String.join("\n", lines) + "\n").getBytes(ISO_8859_1));
      Map<String, Set<String>> whole = facts(ReadLog.of(plain));
      List<String> cut = cut(lines, random);
      int form = random.nextInt(forms.size());
      Path path = Files.write(folder.resolve("cut.log"), forms.get(form).apply(cut));
      facts(ReadLog.of(path))
          .forEach(
              (fact, values) ->
                  assertThat(whole.getOrDefault(fact, Set.of()))
                      .as("%s in %s of\n%s", fact, names.get(form), String.join("\n", cut))
                      .containsAll(values));
    }
  }

  /** The end of a log, rows cut at the right, lines that are not there. */
  private static List<String> cut(List<String> lines, Random random) {
    List<String> cut = new ArrayList<>(lines);
    switch (random.nextInt(4)) {
      case 0 -> cut = cut.subList(random.nextInt(cut.size()), cut.size());
      case 1 -> cut = cut.subList(0, 1 + random.nextInt(cut.size()));
      case 2 -> cut.removeIf(line -> random.nextInt(5) == 0);
      default -> {
        int width = 50 + random.nextInt(80);
        String mark = random.nextBoolean() ? "..." : "";
        cut.replaceAll(
            line -> line.length() > width ? line.substring(0, width - mark.length()) + mark : line);
      }
    }
    return cut.size() < 3 ? lines : new ArrayList<>(cut);
  }

  /** By process: figures of the victim, from its kill line or from its row, and of the request. */
  private static Map<String, Set<String>> facts(ReadLog.Result read) {
    Map<String, Set<String>> facts = new TreeMap<>();
    for (PlainPipeline.Result result : read.hosts().values()) {
      for (KillEvent kill : result.kills()) {
        String pid = "kill[" + kill.victim().pid() + "]";
        add(facts, pid + ".pid", kill.victim().pid());
        JsonNode victim = EventJson.toTree(kill.victim());
        victim
            .properties()
            .forEach(
                field -> {
                  if (field.getValue().isValueNode()) {
                    add(facts, pid + "." + field.getKey(), field.getValue().asText());
                  }
                });
        add(facts, pid + ".pageSize", kill.host().pageSizeBytes());
        Map<Long, Tasks.Row> rows = new HashMap<>();
        if (kill.tasks() != null) {
          kill.tasks().rows().forEach(row -> rows.put(row.pid(), row));
        }
        Tasks.Row row = rows.get(kill.victim().pid());
        if (row != null) {
          JsonNode own = EventJson.toTree(row);
          own.properties().stream()
              .filter(field -> !field.getKey().equals("comm")) // nothing tells that one was cut
              .forEach(field -> add(facts, pid + "." + field.getKey(), field.getValue().asText()));
        }
        if (kill.trigger() != null) {
          add(facts, "trigger.comm", kill.trigger().comm());
          add(facts, "trigger.order", kill.trigger().order());
          add(facts, "trigger.adj", kill.trigger().oomScoreAdj());
        }
      }
    }
    return facts;
  }

  private static void add(Map<String, Set<String>> facts, String name, @Nullable Object value) {
    if (value != null) {
      facts.computeIfAbsent(name, n -> new TreeSet<>()).add(value.toString());
    }
  }
}

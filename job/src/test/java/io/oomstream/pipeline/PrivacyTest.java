package io.oomstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.EventJson;
import io.oomstream.event.EventMask;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.Privacy;
import io.oomstream.event.SchemaAssert;
import io.oomstream.lab.LabLogs;
import io.oomstream.lab.Lines;
import io.oomstream.local.PlainJob;
import io.oomstream.local.PlainOutput;
import io.oomstream.local.PlainSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves under the options for privacy, over the logs of real kernels. */
class PrivacyTest {

  private static final Privacy ALL = new Privacy(true, true, true, "pepper");
  private static final List<OutgoingEvent> EVENTS = new ArrayList<>();

  @BeforeAll
  static void read() throws Exception {
    EVENTS.addAll(events());
  }

  private static List<OutgoingEvent> events() throws Exception {
    List<OutgoingEvent> events = new ArrayList<>();
    for (LabLogs.LabLog log : LabLogs.all()) {
      if (!log.form().equals("kmsg.log")) {
        continue;
      }
      PlainOutput out =
          new PlainOutput() {
            @Override
            public void kill(OutgoingEvent event) {
              events.add(event);
            }

            @Override
            public void signal(OutgoingEvent event) {
              events.add(event);
            }

            @Override
            public boolean wants(MemoryBlock block) {
              return true;
            }

            @Override
            public void block(OutgoingEvent event) {
              events.add(event);
            }

            @Override
            public void deadLetter(DeadLetter letter) {}
          };
      PlainJob job = new PlainJob(settings(), out);
      Lines.records(log.lines(), "kernel.logs", 1_700_000_000_000L).forEach(job::read);
      job.end();
    }
    return events;
  }

  private static PlainSettings settings() throws BadOptionException {
    JobConfig config = JobConfig.defaults();
    return new PlainSettings(
        config.decodeSettings(),
        config.assembleSettings(),
        config.thresholds(),
        config.language(),
        config.incidentOptions(),
        16,
        config.trendOptions());
  }

  /** CatalogueEntries of the job's own sentences that a process of the logs is called too. */
  private static final Set<String> CATALOGUE =
      Set.of("node", "app", "batch", "sleep", "init", "sh");

  @Test
  void noNameOfAnyEventIsLeftInAnyOther() {
    Set<String> names = new TreeSet<>();
    EVENTS.forEach(e -> collect(EventJson.parse(e.data()), "", names));
    assertThat(names).hasSizeGreaterThan(150).contains("leaky", "immortal");
    names.removeAll(CATALOGUE);
    Set<String> found = new TreeSet<>();
    for (OutgoingEvent event : EVENTS) {
      OutgoingEvent masked = EventMask.of(event, ALL);
      SchemaAssert.assertValid(masked);
      assertThat(masked.id()).isEqualTo(event.id());
      look(EventJson.parse(masked.data()), "", names, found);
    }
    assertThat(found).isEmpty();
  }

  @Test
  void sentencesStayReadable() {
    assertThat(summaries())
        .anySatisfy(s -> assertThat(s).matches("(?s).*h:[0-9a-f]{12} \\(pid \\d+\\).*"))
        .allSatisfy(s -> assertThat(s).isNotEmpty());
    assertThat(summaries().stream().filter(s -> s.matches("h:[0-9a-f]{12}")))
        .as("nothing left but a hash")
        .isEmpty();
  }

  @Test
  void equalNamesStayEqualUnderOneSaltAndNoOther() {
    List<String> once = comms(new Privacy(true, false, false, "pepper"));
    assertThat(once).isEqualTo(comms(new Privacy(true, true, false, "pepper")));
    Set<String> other = Set.copyOf(comms(new Privacy(true, false, false, "salt")));
    assertThat(once.stream().filter(other::contains)).isEmpty();
    List<String> open = comms(Privacy.OPEN);
    assertThat(open).hasSameSizeAs(once);
    Map<String, String> hashes = new TreeMap<>();
    for (int i = 0; i < open.size(); i++) {
      String before = hashes.put(open.get(i), once.get(i));
      // Two names whose bytes no text can carry look equal and are not.
      if (!open.get(i).contains("\uFFFD")) {
        assertThat(before).isIn(null, once.get(i));
      }
    }
  }

  @Test
  void textAloneCanBeLeftOut() {
    Privacy privacy = new Privacy(false, false, true, "");
    for (OutgoingEvent event : EVENTS) {
      OutgoingEvent masked = EventMask.of(event, privacy);
      SchemaAssert.assertValid(masked);
      JsonNode data = EventJson.parse(masked.data());
      assertThat(data.findValue("unparsed")).isNull();
      assertThat(data.path("lines")).isEmpty();
      if (event.type() == OutgoingEvent.Type.BLOCK) {
        assertThat(data.path("trimmed").toString()).contains("\"lines\"");
      }
    }
    assertThat(comms(privacy)).isEqualTo(comms(Privacy.OPEN));
  }

  @Test
  void whatIsOpenIsTheSameEvent() {
    OutgoingEvent event = EVENTS.get(0);
    assertThat(EventMask.of(event, Privacy.OPEN)).isSameAs(event);
  }

  @Test
  void optionsSayWhatIsHashed(@TempDir Path folder) throws Exception {
    Path salt = Files.writeString(folder.resolve("salt"), "pepper\n");
    Map<String, String> options =
        Map.of("output.hash-comm", "true", "output.hash-salt-file", salt.toString());
    assertThat(JobConfig.of(options).privacy())
        .isEqualTo(new Privacy(true, false, false, "pepper"));
    assertThat(JobConfig.of(options).privacy().toString()).doesNotContain("pepper");
    assertThat(JobConfig.defaults().privacy().isOpen()).isTrue();
    Files.writeString(salt, " \n");
    assertThatThrownBy(() -> JobConfig.of(options).privacy())
        .isInstanceOf(BadOptionException.class)
        .hasMessageContaining("is empty");
    Files.delete(salt);
    assertThatThrownBy(() -> JobConfig.of(options).privacy())
        .isInstanceOf(BadOptionException.class)
        .hasMessageContaining("can't read");
  }

  private static List<String> summaries() {
    return EVENTS.stream()
        .map(e -> EventJson.parse(EventMask.of(e, ALL).data()).at("/summary").asText())
        .filter(s -> !s.isEmpty())
        .toList();
  }

  private static List<String> comms(Privacy privacy) {
    return EVENTS.stream()
        .map(e -> EventJson.parse(EventMask.of(e, privacy).data()))
        .flatMap(d -> d.findValuesAsText("comm").stream())
        .toList();
  }

  private static void look(JsonNode node, String path, Set<String> names, Set<String> found) {
    if (node.isTextual()) {
      for (String entry : node.asText().split("[^A-Za-z0-9_./:#-]+")) {
        if (names.contains(entry) || names.contains(entry.replaceAll("[.:]+$", ""))) {
          found.add(path + ": " + node.asText());
        }
      }
    }
    node.properties().forEach(f -> look(f.getValue(), path + "." + f.getKey(), names, found));
    if (node.isArray()) {
      node.forEach(n -> look(n, path, names, found));
    }
  }

  private static void collect(JsonNode node, String of, Set<String> names) {
    node.properties()
        .forEach(
            f -> {
              String n = f.getKey();
              if (f.getValue().isTextual()
                  && (Set.of(
                              "comm",
                              "limitCgroup",
                              "taskCgroup",
                              "containerId",
                              "systemdUnit",
                              "podUid")
                          .contains(n)
                      || n.equals("path") && of.equals("memcg"))
                  && f.getValue().asText().length() > 1) {
                names.add(f.getValue().asText());
              }
              collect(f.getValue(), n, names);
            });
    if (node.isArray()) {
      node.forEach(n -> collect(n, of, names));
    }
  }
}

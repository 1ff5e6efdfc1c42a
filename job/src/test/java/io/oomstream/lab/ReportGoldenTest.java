package io.oomstream.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.block.KernelBlock;
import io.oomstream.event.EventJson;
import io.oomstream.event.KillEvent;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import io.oomstream.event.section.Badness;
import io.oomstream.golden.GoldenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every report of the folder gives exactly the events that stand beside it. To write them anew:
 * {@code -Doomstream.write-golden=true}; then read what has changed against the report.
 */
class ReportGoldenTest {

  /** Of a kill and a report the same facts: the report's stand in the file. */
  private static final List<String> SHARED =
      List.of(
          "schemaVersion",
          "host",
          "trigger",
          "memory",
          "memcg",
          "tasks",
          "slab",
          "callTrace",
          "block");

  private static final List<String> WORDS = List.of("summary", "evidence");

  static Stream<ReportFixture> reports() {
    return ReportFixture.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("reports")
  void everyLineIsKnownAndRead(ReportFixture fixture) {
    PlainPipeline.Result result = PlainPipeline.run(fixture.hostLines());
    List<String> left = new ArrayList<>(texts(result.unclaimed()));
    for (byte[] line : fixture.lines()) {
      if (Lines.decode(Lines.records(List.of(line), "one", 0), "lab").isEmpty()) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        left.add(text.substring(text.indexOf("] ") + 2));
      }
    }
    assertThat(left)
        .as("lines of no report")
        .containsExactlyInAnyOrderElementsOf(fixture.foreign());
    assertThat(texts(result.orphans())).as("orphans").isEmpty();
    for (KernelBlock block : result.parsed()) {
      assertThat(block.info().unparsedLines()).isZero();
      assertThat(block.selfChecks())
          .allSatisfy(c -> assertThat(c.passed()).as(c.toString()).isTrue());
    }
    for (KillEvent kill : result.kills()) {
      Badness badness = kill.victim().badness();
      if (badness != null && badness.score() != null && badness.printedScore() != null) {
        assertThat(badness.score()).as(badness.formula()).isEqualTo(badness.printedScore());
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("reports")
  void theEventsAreTheGoldenOnes(ReportFixture fixture) throws IOException {
    String events = Pretty.print(events(PlainPipeline.run(fixture.hostLines())));
    new GoldenFile(fixture.golden()).mustBe(events);
  }

  private static ObjectNode events(PlainPipeline.Result result) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    ArrayNode blocks = all.putArray("blocks");
    for (MemoryBlock block : result.blocks()) {
      JsonNode json = EventJson.toTree(block);
      SchemaAssert.assertValid(OutgoingEvent.Type.BLOCK, json);
      blocks.add(withoutWords(json).without(Set.of("schemaVersion", "lines")));
    }
    ArrayNode kills = all.putArray("kills");
    result
        .kills()
        .forEach(
            kill -> {
              JsonNode json = EventJson.toTree(kill);
              SchemaAssert.assertValid(OutgoingEvent.Type.KILL, json);
              kills.add(withoutWords(json).without(SHARED));
            });
    ArrayNode signals = all.putArray("signals");
    result
        .signals()
        .forEach(
            signal -> {
              JsonNode json = EventJson.toTree(signal);
              SchemaAssert.assertValid(OutgoingEvent.Type.SIGNAL, json);
              signals.add(
                  withoutWords(json)
                      .without(Set.of("schemaVersion", "host", "block", "relatedEvents")));
            });
    return all;
  }

  /** What is said of a cause in words is held by the tests of the diagnosis. */
  private static ObjectNode withoutWords(JsonNode event) {
    ObjectNode facts = (ObjectNode) event;
    facts.remove(WORDS);
    if (facts.get("cause") instanceof ObjectNode cause) {
      cause.remove(WORDS);
    }
    return facts;
  }

  private static List<String> texts(List<ClassifiedLine> lines) {
    return lines.stream().map(ClassifiedLine::text).toList();
  }
}

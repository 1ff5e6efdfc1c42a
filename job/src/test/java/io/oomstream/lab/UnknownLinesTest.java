package io.oomstream.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.block.KernelBlock;
import io.oomstream.event.EventJson;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import io.oomstream.kernel.Role;
import io.oomstream.kernel.Section;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A line that no rule knows, at every place of every report: inside it is kept, counted and shown;
 * and wherever it stands it ends no report and changes no fact.
 */
class UnknownLinesTest {

  private static final String FIGURES = "Reserved for hot plug: 4096kB";
  private static final String SENTENCE = "Memory tiers in the order of demotion";
  private static final String CHATTER = "usb 1-1: reset high-speed USB device";

  static Stream<ReportFixture> reports() {
    return ReportFixture.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("reports")
  void isKeptInsideAndChangesNothing(ReportFixture fixture) {
    PlainPipeline.Result whole = PlainPipeline.run(fixture.hostLines());
    List<JsonNode> expected = facts(whole);
    for (int at = 0; at <= fixture.lines().size(); at++) {
      String text = at % 2 == 0 ? FIGURES : SENTENCE;
      PlainPipeline.Result result = run(fixture, at, text);
      assertThat(facts(result)).as("%s before line %d", text, at + 1).isEqualTo(expected);
      List<String> unparsed = unparsed(result);
      assertThat(unparsed).isSubsetOf(text);
      assertThat(unparsed.size() + result.unclaimed().size())
          .as("%s before line %d", text, at + 1)
          .isEqualTo(1 + whole.unclaimed().size());
      if (isInside(whole, at)) {
        assertThat(unparsed).as("before line %d", at + 1).containsExactly(text);
        assertThat(result.blocks()).anyMatch(block -> block.lines().contains(text));
      }
    }
  }

  @Test
  void ofAnotherSubsystemIsNotKept() {
    for (ReportFixture fixture : ReportFixture.all()) {
      int at = fixture.lines().size() / 2;
      assertThat(unparsed(run(fixture, at, CHATTER))).as(fixture.name()).isEmpty();
    }
  }

  @Test
  void ofAnotherPrintkCallerIsNotTheReports() {
    List<byte[]> lines = new ArrayList<>();
    for (byte[] line : ReportFixture.all().get(0).lines()) {
      lines.add(withCaller(line, "T7"));
    }
    int middle = lines.size() / 2;
    lines.add(middle, withCaller(inserted(lines, middle, SENTENCE), "T8"));
    PlainPipeline.Result result =
        PlainPipeline.run(Lines.decode(Lines.records(lines, "callers", 1_000), "lab"));
    assertThat(result.parsed()).isNotEmpty();
    assertThat(unparsed(result)).isEmpty();
  }

  private static byte[] withCaller(byte[] line, String caller) {
    String text = new String(line, StandardCharsets.ISO_8859_1).replaceFirst("\\[ *T8\\]", "");
    int end = text.indexOf("] ");
    String changed = text.substring(0, end + 1) + "[ " + caller + "]" + text.substring(end + 1);
    return changed.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static PlainPipeline.Result run(ReportFixture fixture, int at, String text) {
    List<byte[]> lines = new ArrayList<>(fixture.lines());
    lines.add(at, inserted(lines, at, text));
    return PlainPipeline.run(Lines.decode(Lines.records(lines, fixture.name(), 1_000), "lab"));
  }

  /** The text with the time of the line that it comes behind. */
  private static byte[] inserted(List<byte[]> lines, int at, String text) {
    for (int i = Math.max(0, at - 1); ; i--) {
      String neighbour = new String(lines.get(i), StandardCharsets.ISO_8859_1);
      if (neighbour.startsWith("[")) {
        String time = neighbour.substring(0, neighbour.indexOf("] ") + 2);
        return (time + text).getBytes(StandardCharsets.ISO_8859_1);
      }
    }
  }

  /** Whether a report has lines both before and behind the place, and its end is behind it. */
  private static boolean isInside(PlainPipeline.Result whole, int at) {
    return whole.parsed().stream()
        .filter(block -> block.kind() == MemoryBlock.Kind.OOM)
        .anyMatch(block -> first(block) <= at && at < end(block));
  }

  private static long first(KernelBlock block) {
    return block.lines().stream()
        .filter(line -> line.rule().role() != Role.BODY || line.rule().section() != Section.SYSRQ)
        .mapToLong(line -> line.line().offset())
        .findFirst()
        .orElseThrow();
  }

  private static long end(KernelBlock block) {
    return block.lines().stream()
        .filter(line -> line.rule().role() == Role.CLOSES)
        .mapToLong(line -> line.line().offset())
        .findFirst()
        .orElse(0);
  }

  private static List<String> unparsed(PlainPipeline.Result result) {
    List<String> unparsed = new ArrayList<>();
    for (KernelBlock block : result.parsed()) {
      List<String> texts = block.info().unparsed();
      assertThat(block.info().unparsedLines()).isEqualTo(texts == null ? 0 : texts.size());
      unparsed.addAll(texts == null ? List.of() : texts);
    }
    return unparsed;
  }

  private static List<JsonNode> facts(PlainPipeline.Result result) {
    List<JsonNode> facts = new ArrayList<>();
    result.kills().forEach(e -> facts.add(fact(EventJson.toTree(e), OutgoingEvent.Type.KILL)));
    result.signals().forEach(e -> facts.add(fact(EventJson.toTree(e), OutgoingEvent.Type.SIGNAL)));
    result.blocks().forEach(e -> facts.add(fact(EventJson.toTree(e), OutgoingEvent.Type.BLOCK)));
    return facts;
  }

  private static JsonNode fact(JsonNode event, OutgoingEvent.Type type) {
    SchemaAssert.assertValid(type, event);
    ObjectNode fact = (ObjectNode) event;
    fact.remove("lines");
    if (fact.get("block") instanceof ObjectNode block) {
      block.remove(Set.of("unparsed", "unparsedLines", "lineCount", "first", "last"));
    }
    return fact;
  }
}

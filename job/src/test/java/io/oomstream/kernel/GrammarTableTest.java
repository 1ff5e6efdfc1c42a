package io.oomstream.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.deploy.DocPage;
import io.oomstream.lab.LabLogs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One rule, one fixture; and the table that shows it, which {@code docs/reference/grammar.md}
 * publishes.
 */
class GrammarTableTest {

  @ParameterizedTest
  @EnumSource(LineRule.class)
  void everyRuleTakesItsFixturesAndNoOtherRuleDoes(LineRule rule) {
    List<String> lines = GrammarFixtures.lines(rule.name());
    assertThat(lines).as("lines in grammar/%s.txt", rule).isNotEmpty();
    for (String line : lines) {
      if (rule == LineRule.UNKNOWN) {
        assertThat(Classifier.classify(line)).as(line).isNull();
        assertThat(mayBeOfBlock(line)).as(line).isTrue();
        continue;
      }
      assertThat(Classifier.classify(line)).as(line).isEqualTo(rule);
      assertThat(ReferenceMatcher.classify(line)).as(line).isEqualTo(rule);
    }
  }

  @Test
  void everyFileBelongsToARule() {
    List<String> names = new ArrayList<>(List.of("NONE", "CHATTER"));
    for (LineRule rule : LineRule.values()) {
      names.add(rule.name());
    }
    assertThat(GrammarFixtures.files()).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void neighboursOfReportsAreNoLinesOfThem() {
    List<String> lines = GrammarFixtures.lines("NONE");
    assertThat(lines).hasSizeGreaterThan(30);
    assertThat(lines).allSatisfy(line -> assertThat(Classifier.classify(line)).as(line).isNull());
  }

  @Test
  void chatterOfOtherSubsystemsIsNotKept() {
    List<String> lines = GrammarFixtures.lines("CHATTER");
    assertThat(lines).hasSizeGreaterThan(30);
    assertThat(lines).noneMatch(GrammarTableTest::mayBeOfBlock);
    assertThat(lines).allSatisfy(line -> assertThat(Classifier.classify(line)).as(line).isNull());
  }

  @Test
  void whereALineStandsInItsRecordDoesNotMatter() {
    List<String> lines = new ArrayList<>(GrammarFixtures.lines("CHATTER"));
    lines.addAll(GrammarFixtures.lines("UNKNOWN"));
    lines.add("a:03:00.0 holds 12kB");
    for (String line : lines) {
      byte[] within = ("12345678" + line + "90").getBytes(StandardCharsets.ISO_8859_1);
      assertThat(Classifier.mayBeOfBlock(within, 8, within.length - 2))
          .as(line)
          .isEqualTo(mayBeOfBlock(line));
    }
  }

  private static boolean mayBeOfBlock(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    return Classifier.mayBeOfBlock(bytes, 0, bytes.length);
  }

  @Test
  void everyLineOfEveryReportIsKnown() {
    Map<String, List<String>> all = GrammarFixtures.reports();
    assertThat(all).isNotEmpty();
    all.forEach(
        (name, lines) ->
            assertThat(lines)
                .as(name)
                .allSatisfy(line -> assertThat(Classifier.classify(line)).as(line).isNotNull()));
  }

  @Test
  void theTableIsUpToDate() throws IOException {
    DocPage.of("docs/reference/grammar.md").mustBe(table());
  }

  private static String table() {
    Map<LineRule, List<String>> reports = new EnumMap<>(LineRule.class);
    GrammarFixtures.reports()
        .forEach(
            (name, lines) ->
                GrammarFixtures.count(lines)
                    .keySet()
                    .forEach(
                        rule -> reports.computeIfAbsent(rule, r -> new ArrayList<>()).add(name)));
    Map<LineRule, Integer> lab = new EnumMap<>(LineRule.class);
    for (LabLogs.LabLog log : LabLogs.all()) {
      if (log.form().equals("dmesg.log")) {
        List<String> lines = new ArrayList<>();
        log.lines().forEach(line -> lines.add(new String(line, StandardCharsets.ISO_8859_1)));
        lines.replaceAll(GrammarFixtures::withoutTime);
        GrammarFixtures.count(lines).forEach((rule, count) -> lab.merge(rule, count, Integer::sum));
      }
    }
    StringBuilder table = new StringBuilder(HEAD);
    for (LineRule rule : LineRule.values()) {
      table.append("| `").append(rule).append("` | ").append(rule.role()).append(" | ");
      table.append(rule.section()).append(" | ").append(rule.source()).append(" | ");
      table.append(GrammarFixtures.lines(rule.name()).size()).append(" | ");
      table.append(String.join(", ", reports.getOrDefault(rule, List.of()))).append(" | ");
      table.append(lab.getOrDefault(rule, 0)).append(" |\n");
    }
    return table.toString();
  }

  private static final String HEAD =
      """
      # Grammar

      Every kernel line that oomstream knows. This page is made from the code; see \
      [recipes](../develop/recipes.md#a-new-kernel-line).

      The rules are tried in this order, and the first one that matches wins. `by hand` counts the \
      lines of `src/test/resources/grammar/<rule>.txt`, which are made from the kernel's format \
      strings. `blocks` names the blocks of `src/test/resources/reports` with such a line. `lab` \
      counts the lines in logs of real kernels (dmesg form).

      A block is parsed by the sections that it has, never by the kernel's version.

      ## Limits

      - A line that no rule matches is dropped before the shuffle, with one exception: the envelope \
      proves that the kernel wrote it, and it looks like a line of a block. That is a line with figures \
      (`name:12`, `12kB`, `12 pages`, `Node 0 …`), or a sentence that doesn't begin with the name of \
      a subsystem (`UNKNOWN`). Such a line never ends a block. Inside a block it is kept unchanged, \
      counted in `unparsedLines` and listed in `unparsed`. Outside a block it is dropped.
      - Lines that only resemble a section match the general rules (`ZONE`, `NODE`, `COUNTERS`, \
      `FREE_LIST`, `SLAB_ROW`, `FRAME`, `PIECE`). Their names are taken as printed. `PIECE` lines are \
      left by a torn printk; they count as `unparsedLines`.
      - If a line ends with a number without a unit (`failcnt 12`, `uid=12`, `anon 12`), a number \
      that was cut off looks the same. Where a unit, a bracket or another field must follow, a cut \
      number is left out.
      - From 5.3 to 5.9 memory.stat is one record, which the kernel cuts at about 990 bytes. The last \
      value of such a record may be cut.
      - No rule matches lines about other limits (file-max, nf_conntrack, neighbour tables), nor what \
      systemd writes about a kill by the kernel.

      ## Rules

      | rule | role | section | kernel file and range | by hand | blocks | lab |
      |---|---|---|---|---|---|---|
      """;
}

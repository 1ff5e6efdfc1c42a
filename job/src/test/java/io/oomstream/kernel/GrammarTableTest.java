package io.oomstream.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.lab.LabLogs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One rule, one fixture; and the table that shows it, which {@code GRAMMAR.md} publishes. */
class GrammarTableTest {

  private static final Path TABLE = Path.of("GRAMMAR.md");

  @ParameterizedTest
  @EnumSource(LineRule.class)
  void everyRuleTakesItsFixturesAndNoOtherRuleDoes(LineRule rule) {
    List<String> lines = GrammarFixtures.lines(rule.name());
    assertThat(lines).as("lines in grammar/%s.txt", rule).isNotEmpty();
    for (String line : lines) {
      if (rule == LineRule.UNKNOWN) {
        assertThat(Classifier.classify(line)).as(line).isNull();
        assertThat(mayBeOfReport(line)).as(line).isTrue();
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
    assertThat(lines).noneMatch(GrammarTableTest::mayBeOfReport);
    assertThat(lines).allSatisfy(line -> assertThat(Classifier.classify(line)).as(line).isNull());
  }

  @Test
  void whereALineStandsInItsRecordDoesNotMatter() {
    List<String> lines = new ArrayList<>(GrammarFixtures.lines("CHATTER"));
    lines.addAll(GrammarFixtures.lines("UNKNOWN"));
    lines.add("a:03:00.0 holds 12kB");
    for (String line : lines) {
      byte[] within = ("12345678" + line + "90").getBytes(StandardCharsets.ISO_8859_1);
      assertThat(Classifier.mayBeOfReport(within, 8, within.length - 2))
          .as(line)
          .isEqualTo(mayBeOfReport(line));
    }
  }

  private static boolean mayBeOfReport(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    return Classifier.mayBeOfReport(bytes, 0, bytes.length);
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
    String table = table();
    if (Boolean.getBoolean("oomstream.write-golden")) {
      Files.writeString(TABLE, table);
    }
    assertThat(table)
        .as("%s is made by this test: run it with -Doomstream.write-golden=true", TABLE)
        .isEqualTo(Files.readString(TABLE));
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
      # Every line that oomstream knows

      Made by `GrammarTableTest` from `LineRule` and the fixtures; the build fails when it is stale. \
      To write it anew: `mvn -pl job -am test -Dtest=GrammarTableTest -Doomstream.write-golden=true`.

      The first rule that fits has the line, in this order. `by hand` counts the lines of \
      `src/test/resources/grammar/<rule>.txt`, made from the kernel's format strings; `reports` are the \
      whole reports of `src/test/resources/reports` that hold such a line; `lab` counts the lines of \
      real kernels' logs (dmesg form).

      A new line needs one rule and one file. A report is read by the sections that are there, \
      never by a kernel's version.

      ## Limits

      - What no rule knows is dropped before the lines of a host are brought together, unless the \
      record says that the kernel wrote it and it looks like a report's line: figures (`name:12`, `12kB`, \
      `12 pages`, `Node 0 …`), or a sentence that no subsystem's name stands before (`UNKNOWN`). Such \
      a line inside a report never ends it, is kept as it is, counted in `unparsedLines` and shown in \
      `unparsed`; elsewhere it means nothing. Lines that only resemble a section are known by general rules (`ZONE`, `NODE`, `COUNTERS`, \
      `FREE_LIST`, `SLAB_ROW`, `FRAME`, `PIECE`): their names are taken as printed. `PIECE` lines \
      are what a torn printk left; they are counted as `unparsedLines`.
      - A number that ends a line and has no unit (`failcnt 12`, `uid=12`, `anon 12`) can't be told \
      from the beginning of a longer one that was cut. Where a unit, a bracket or another field must \
      follow, a cut number is left out.
      - memory.stat from 5.3 to 5.9 is one record that the kernel cuts at about 990 bytes: the last \
      value of such a record may be short.
      - Lines of limits that are not memory (file-max, nf_conntrack, neighbour tables) and what \
      systemd says of a kill by the kernel are neighbours: no rule takes them.

      ## Rules

      | rule | role | section | kernel file and range | by hand | reports | lab |
      |---|---|---|---|---|---|---|
      """;
}
